import Hummingbird
import MuseShared

/// Stands before every route and before what is not a route: without a session nothing answers, not even with
/// “not found”, except what one needs to get in and what watches over the service.
struct RefuseStrangers: RouterMiddleware {
    typealias Context = VisitorContext
    let sessions: StaffSessionRepository

    static let open: Set<String> = [
        Paths.signIn, "/api/auth/sign-in", "/healthz", "/readyz", "/metrics", "/favicon.ico",
    ]

    func handle(
        _ request: Request, context: VisitorContext, next: (Request, VisitorContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        let isFile = path.hasPrefix("/assets/") || path.hasPrefix("/media/")
        if isFile || Self.open.contains(path) { return try await next(request, context) }
        if try context.web.staffSession(in: sessions) != nil { return try await next(request, context) }
        guard isPage(path, context) else { throw Problem.notSignedIn }
        return .redirect(to: Self.signIn(comingFrom: request), context)
    }

    /// A program gets 401; a person is led to the sign-in page, also from a form whose session has ended meanwhile.
    private func isPage(_ path: String, _ context: VisitorContext) -> Bool {
        !path.hasPrefix("/api/") || context.web.wantsPage
    }

    private static func signIn(comingFrom request: Request) -> String {
        guard request.method == .get, let next = Paths.known(request.uri.string), next != Paths.today else {
            return Paths.signIn
        }
        return "\(Paths.signIn)?next=\(encoded(next))"
    }

    /// Everything but unreserved characters and `/`, so that a query inside the query stays in one piece.
    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [45, 46, 47, 95, 126].contains(byte)
            let hex = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(decoding: [byte], as: UTF8.self) : "%" + (hex.utf8.count == 1 ? "0" + hex : hex)
        }.joined()
    }
}
