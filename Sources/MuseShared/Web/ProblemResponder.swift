import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Turns whatever was thrown into the answer the client can read: a problem document, or the same as a page.
struct ProblemResponder: Sendable {
    /// Renders the page, or nil when there is no template for it.
    let page: @Sendable (Problem, WebState) -> Response?

    func response(for error: any Error, context: some WebContext) -> Response {
        let (problem, isFailure) = Problem.translating(error)
        if isFailure {
            context.logger.error("request failed", metadata: ["error": .string(String(reflecting: error))])
        }
        var response = rendered(problem, context.web)
        if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
        if problem.closesConnection {
            response.headers[.connection] = "close"
            context.web.channel?.triggerUserOutboundEvent(CloseAfterResponse(), promise: nil)
        }
        return response
    }

    private func rendered(_ problem: Problem, _ web: WebState) -> Response {
        if web.wantsPage, let response = page(problem, web) {
            var response = response
            response.headers.append(contentsOf: problem.headers)
            return response
        }
        var headers = problem.headers
        headers[.contentType] = "application/problem+json"
        headers[.cacheControl] = "no-store"
        let document = ProblemDocument(problem: problem, requestID: web.requestID)
        let body = try? MuseJSON.encoder.encode(document)
        return Response(
            status: problem.status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body ?? .init())))
    }
}

extension WebState {
    /// Whether the client would rather read a page than data: it names `text/html`, and names it before JSON.
    public var wantsPage: Bool { Accepted.prefersPage(head.headerFields) }
}

extension Request {
    /// The same as ``WebState/wantsPage``.
    public var wantsPage: Bool { Accepted.prefersPage(headers) }
}

private enum Accepted {
    static func prefersPage(_ headers: HTTPFields) -> Bool {
        guard let accept = headers[.accept], let html = accept.firstRange(of: "text/html") else { return false }
        guard let json = accept.firstRange(of: "json") else { return true }
        return html.lowerBound < json.lowerBound
    }
}
