import HTTPTypes
import Hummingbird
import MuseShared

/// Signing in and out, and who one is.
struct AdminStaffRoutes: Sendable {
    let desk: StaffDesk

    func add(to router: Router<VisitorContext>, staff: some RouterMethods<StaffContext>) {
        router.get("/sign-in", use: showSignIn)
        router.post("/api/auth/sign-in", use: signIn)
        staff.post("/api/auth/sign-out", use: signOut)
        staff.get("/api/me", use: me)
    }

    private func showSignIn(_ request: Request, _ context: VisitorContext) throws -> Response {
        let next = Paths.known(request.uri.queryParameters.get("next"))
        if try context.web.staffSession(in: desk.sessions) != nil { return .redirect(to: next ?? "/", context) }
        return try desk.renderer.html(SignInPage(returnTo: next), context)
    }

    private struct Credentials: Decodable {
        let email: String?
        let password: String?
        let code: String?
        let returnTo: String?
    }

    private func signIn(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let typed = try await request.input(Credentials.self, context)
        let next = Paths.known(typed.returnTo)
        do {
            let signedIn = try await signIn(typed, request, context)
            var response =
                context.web.wantsPage
                ? Response.redirect(to: next ?? "/", context) : try .json(StaffAnswer(signedIn.staff))
            response.setCookie(
                context.web.cookies.cookie(
                    WebState.sessionCookie, signedIn.token.text, maxAge: Int(StaffSessionRepository.longestSeconds)))
            if let devices = signedIn.devices {
                response.setCookie(
                    context.web.cookies.cookie(KnownDevices.cookie, devices, maxAge: Int(KnownDevices.seconds)))
            }
            return response
        } catch let refusal as any ProblemConvertible where context.web.wantsPage && refusal.problem.status.code < 500 {
            let page = SignInPage(email: typed.email ?? "", returnTo: next, problem: refusal.problem)
            let status = refusal.problem.status == .unauthorized ? .unprocessableContent : refusal.problem.status
            var response = try desk.renderer.html(page, status: status, context)
            if let seconds = refusal.problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
            return response
        }
    }

    private func signIn(
        _ typed: Credentials, _ request: Request, _ context: VisitorContext
    ) async throws -> SignInStaff.SignedIn {
        var errors: [FieldError] = []
        if (typed.email ?? "").isEmpty { errors.append(FieldError("email", "Enter your work email.")) }
        if (typed.password ?? "").isEmpty { errors.append(FieldError("password", "Enter your password.")) }
        guard errors.isEmpty, let email = typed.email, let password = typed.password else {
            throw Problem.invalid(errors)
        }
        return try await desk.signIn(
            SignInStaff.Request(
                email: email, password: password, client: context.web.client,
                userAgent: request.headers[.userAgent] ?? "", replacing: context.web.staffToken,
                devices: context.web.cookie(KnownDevices.cookie)))
    }

    private func signOut(_ request: Request, _ context: StaffContext) async throws -> Response {
        if let token = context.web.staffToken { try await desk.sessions.end(token) }
        var response =
            context.web.wantsPage
            ? Response.redirect(to: Paths.signIn, context) : Response(status: .noContent)
        response.setCookie(context.web.cookies.removal(of: WebState.sessionCookie))
        return response
    }

    private func me(_ request: Request, _ context: StaffContext) throws -> Response {
        try .json(StaffAnswer(context.staff))
    }
}
