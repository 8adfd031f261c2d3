import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// What operators and browsers need of any service: health, readiness, metrics and assets.
struct OperationRoutes: Sendable {
    let site: Site
    let ready: @Sendable () async throws -> Void

    func add(to router: Router<VisitorContext>) {
        router.get("/healthz") { _, _ in Self.text("ok\n") }
        router.get("/readyz") { _, context in try await readiness(context) }
        router.get("/metrics") { request, context in try metrics(request, context) }
        router.get("/assets/**") { request, context in try asset(request, context) }
    }

    private func readiness(_ context: VisitorContext) async throws -> Response {
        if site.state.isDraining { throw Problem.unavailable(retryAfter: 5).toldAlready() }
        do {
            try await ready()
            site.state.isReadyNow()
        } catch {
            // A probe asks every few seconds: the log hears a reason when it is new.
            if site.state.isNews("\(error)") {
                context.logger.warning("not ready", metadata: ["error": .string("\(error)")])
            }
            throw ((error as? VenueMissing)?.problem ?? .unavailable(retryAfter: 5)).toldAlready()
        }
        return Self.text("ready\n")
    }

    /// Without a token only this machine may read, and not through a proxy on it.
    private func metrics(_ request: Request, _ context: VisitorContext) throws -> Response {
        if let token = site.configuration.metricsToken {
            let given = request.headers[.authorization] ?? ""
            guard given.hasPrefix("Bearer "), token.matches(String(given.dropFirst(7))) else {
                throw Problem.notSignedIn
            }
        } else {
            let peer = NetworkAddress(context.web.channel?.remoteAddress) ?? .unknown
            guard peer.isLoopback, request.headers[.forwardedFor] == nil else { throw Problem.notFound }
        }
        return Self.text(PrometheusMetrics.shared.exposition(), type: "text/plain; version=0.0.4; charset=utf-8")
    }

    private func asset(_ request: Request, _ context: VisitorContext) throws -> Response {
        let path = RequestTarget.path(of: request.head.path ?? "").dropFirst("/assets/".count)
        guard let response = try site.files.assets().response(for: String(path), request.headers) else {
            throw Problem.notFound
        }
        return response
    }

    private static func text(_ text: String, type: String = "text/plain; charset=utf-8") -> Response {
        let headers: HTTPFields = [.contentType: type, .cacheControl: "no-store"]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
