import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// What every request passes before its route runs, and every response before it leaves.
///
/// One struct and not a chain of middleware: the menu is read thousands of times a second, and each middleware
/// would cost it an asynchronous call and a copy of the request.
/// It never throws; whatever a route throws becomes a problem in the form the client reads.
public struct FrontDoor<Inner: HTTPResponder>: HTTPResponder where Inner.Context: WebContext {
    public typealias Context = Inner.Context

    let inner: Inner
    let routes: RouteTable
    let rules: SiteRules
    let security: SecurityHeaders
    let checkOrigin: CheckOrigin
    let findClient: FindClientAddress
    let limiter: RateLimiter
    let streams: StreamGate
    let cookies: CookiePolicy
    let problems: ProblemResponder
    let meters: RequestMeters
    let accessLog: AccessLog
    let identifier = RequestIdentifier()
    let date = HTTPDate()

    public func respond(to request: Request, context: Context) async -> Response {
        let start = NIODeadline.now()
        var context = context
        admit(request, &context.web)
        var response: Response
        do {
            response = try await pass(request, &context)
        } catch {
            response = problems.response(for: error, context: context)
        }
        finish(&response, request, context, since: start)
        return response
    }

    /// Notes what is known from the head alone.
    private func admit(_ request: Request, _ web: inout WebState) {
        let peer = NetworkAddress(web.channel?.remoteAddress) ?? .unknown
        web.head = request.head
        web.cookies = cookies
        web.streams = streams
        web.client = findClient(peer: peer, forwardedFor: request.headers[values: .forwardedFor])
        if web.client != peer, let given = request.headers[.requestID], RequestIdentifier.isSane(given) {
            web.requestID = given
        } else {
            web.requestID = identifier.next()
        }
    }

    private func pass(_ request: Request, _ context: inout Context) async throws -> Response {
        let target = request.head.path ?? ""
        guard RequestTarget.isSane(target) else {
            throw Problem.malformed("Its address is not well formed.")
        }
        let path = RequestTarget.path(of: target)
        guard rules.isUnlimited(path) || hasOneHost(request.head) else {
            throw Problem.malformed("It must name one Host.")
        }
        let isRead = request.method == .get || request.method == .head
        let changes = !isRead && request.method != .options
        try countAgainstLimit(path, isRead: !changes, client: context.web.client)
        var request = request
        if !isRead {
            try checkMethod(request.method, path)
            if changes, rules.needsOrigin(path) { try checkOrigin(request.head) }
        }
        context.web.bodyLimit = rules.bodies.limit(request.method, path)
        if RequestBodies.isExpected(request.headers) {
            try await RequestBodies.take(&request, limit: context.web.bodyLimit)
        }
        let response = try await inner.respond(to: request, context: context)
        return try checked(response, path, context)
    }

    /// RFC 9112, 3.2. What is asked without harm (health, assets) may come from a probe that names none.
    private func hasOneHost(_ head: HTTPRequest) -> Bool {
        head.authority != nil && head.headerFields[.secondHost] == nil
    }

    /// The router answers unknown places, and what Hummingbird itself refuses, in its own form: say it in ours.
    private func checked(_ response: Response, _ path: Substring, _ context: Context) throws -> Response {
        guard response.status.code >= 400 else { return response }
        if context.coreContext.endpointPath.value == "NotFound" {
            let methods = routes.methods(at: path)
            throw methods.isEmpty ? Problem.notFound : Problem.methodNotAllowed(methods)
        }
        let type = response.headers[.contentType]
        guard type == nil || type?.hasPrefix("application/json") == true else { return response }
        throw Problem(library: response.status)
    }

    private func checkMethod(_ method: HTTPRequest.Method, _ path: Substring) throws(Problem) {
        switch method {
        case .post, .put, .patch, .delete, .options: return
        default: throw Problem.methodNotAllowed(routes.methods(at: path))
        }
    }

    private func countAgainstLimit(_ path: Substring, isRead: Bool, client: NetworkAddress) throws(Problem) {
        if rules.isUnlimited(path) { return }
        let wait = limiter.wait(for: client.limited, isStrict: !isRead && rules.isStrict(path))
        if let wait { throw Problem.tooMany(retryAfter: wait) }
    }

    private func finish(_ response: inout Response, _ request: Request, _ context: Context, since start: NIODeadline) {
        response.headers.reserveCapacity(response.headers.count + security.fields.count + 2)
        let ownPolicy = response.headers[.contentSecurityPolicy]
        response.headers.append(contentsOf: security.fields)
        // Of two policies a browser keeps both: one that a route brings takes the place of ours.
        if let ownPolicy { response.headers[.contentSecurityPolicy] = ownPolicy }
        response.headers.append(HTTPField(name: .date, value: date.now()))
        response.headers.append(HTTPField(name: .requestID, value: context.web.requestID))
        if request.method == .head { response = response.createHeadResponse() }
        // These have no body; a length of 0 would be taken for that of the cached one.
        if response.status == .notModified || response.status == .noContent { response.headers[.contentLength] = nil }
        let nanoseconds = (NIODeadline.now() - start).nanoseconds
        let route = context.coreContext.endpointPath.value
        meters.record(route: route, status: response.status.code, nanoseconds: nanoseconds)
        accessLog.note(request, route: route, status: response.status.code, nanoseconds: nanoseconds, context)
    }
}
