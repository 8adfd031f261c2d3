import Foundation
import HTTPTypes
import Hummingbird
import MuseShared
import NIOCore
import NIOFoundationCompat

/// `POST /api/send-email` and its preflight.
///
/// Of an `html` that comes along only the words are used: a caller's markup never reaches a guest.
struct SendEmailAction: Sendable {
    private let allowedOrigins: Set<String>
    private let token: ServiceToken
    private let queue: QueueEmail
    private let clock: WallClock

    init(allowedOrigins: [Origin], token: ServiceToken, queue: QueueEmail, clock: WallClock = .live) {
        self.allowedOrigins = Set(allowedOrigins.map(\.description))
        self.token = token
        self.queue = queue
        self.clock = clock
    }

    /// Answers a browser that asks before it sends: an allowed origin learns what it may do, any other one nothing.
    func preflight(_ request: Request) throws -> Response {
        var headers = try crossOrigin(request)
        headers[.accessControlAllowMethods] = "POST"
        headers[.accessControlAllowHeaders] = "authorization, content-type"
        headers[.accessControlMaxAge] = "600"
        return Response(status: .noContent, headers: headers)
    }

    /// The origin comes before the token, and the token before what the body says.
    func callAsFunction(_ request: Request, _ context: some WebContext) async throws -> Response {
        let headers = try crossOrigin(request)
        do {
            let body = try await request.rawBody(context)
            let code = try prove(request, body: Data(buffer: body))
            let email = try await read(request, body: body, context)
            let id = try await queue(QueueEmail.Request(body: email, callCode: code))
            return try .json(AcceptedEmail(id: id), status: .accepted, headers: headers)
        } catch let error as any ProblemConvertible {
            var problem = error.problem
            problem.headers.append(contentsOf: headers)
            throw problem
        }
    }

    /// The headers that let exactly this origin read the answer.
    private func crossOrigin(_ request: Request) throws(Problem) -> HTTPFields {
        guard let origin = request.headers[.origin], allowedOrigins.contains(origin) else {
            var problem = Problem(
                .forbidden, "bad-origin", title: "This came from another site.",
                detail: "Messages are taken from our own sites only.")
            problem.headers[.vary] = "Origin"
            throw problem
        }
        return [.accessControlAllowOrigin: origin, .vary: "Origin"]
    }

    private func prove(_ request: Request, body: Data) throws(Problem) -> String {
        let code = token.verify(
            header: request.headers[.authorization], method: request.method.rawValue, path: request.uri.path,
            body: body, now: clock.now())
        if let code { return code }
        var problem = Problem(
            .unauthorized, "bad-service-token", title: "This call is not signed by a service of ours.",
            detail: "Send Authorization: Muse-Service with a token over this body, at most 300 seconds old.")
        problem.headers[.wwwAuthenticate] = "Muse-Service"
        throw problem
    }

    private func read(
        _ request: Request, body: ByteBuffer, _ context: some WebContext
    ) async throws -> SendEmailBody {
        guard !request.isForm else {
            throw Problem(
                .unsupportedMediaType, "unsupported-type", title: "We can't read this kind of content.",
                detail: "Send application/json.")
        }
        var again = request
        again.body = RequestBody(buffer: body)
        let unknown = SendEmailBody.unknownFields(in: try await again.input(EmailValue.self, context))
        guard unknown.isEmpty else { throw Problem.invalid(unknown) }
        again.body = RequestBody(buffer: body)
        return try await again.input(SendEmailBody.self, context)
    }
}

/// What the caller is told: it is in the outbox, and stays there until it is out.
private struct AcceptedEmail: Encodable {
    let id: String
    let status = "queued"
}
