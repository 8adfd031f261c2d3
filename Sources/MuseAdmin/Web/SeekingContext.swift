import Hummingbird
import MuseShared

/// A request of which it is not known yet who makes it.
struct SeekingContext: ChildRequestContext, WebContext {
    var coreContext: CoreRequestContextStorage
    var web: WebState
    var session: StaffSession?

    init(context: VisitorContext) {
        coreContext = context.coreContext
        web = context.web
    }
}

/// Finds out whose session a request carries, and keeps a session in use from ending.
struct FindStaffSession: RouterMiddleware {
    typealias Context = SeekingContext
    let sessions: StaffSessionRepository

    func handle(
        _ request: Request, context: SeekingContext, next: (Request, SeekingContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let session = try context.web.staffSession(in: sessions) {
            context.session = session
            try await sessions.noteUse(of: session)
        }
        return try await next(request, context)
    }
}

extension WebState {
    /// What the session's cookie is called.
    static let sessionCookie = "session"

    var staffToken: Token? {
        guard let text = cookie(Self.sessionCookie), (1...100).contains(text.utf8.count) else { return nil }
        return Token(text: text)
    }

    func staffSession(in sessions: StaffSessionRepository) throws -> StaffSession? {
        try staffToken.flatMap { try sessions.session($0) }
    }
}
