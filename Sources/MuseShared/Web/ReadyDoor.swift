import HTTPTypes
import Logging
import NIOCore

/// The front door for ``ReadyRoute``s: the same admission, headers and counts, without a task.
///
/// What is out of the ordinary gets nil and goes the long way: a body, another method, a client over its limit, a
/// route that throws, a log that wants a line for every read.
struct ReadyDoor: Sendable {
    struct Answer {
        let head: HTTPResponse
        let body: ByteBuffer?
    }

    private struct Route: Sendable {
        let answer: @Sendable (HTTPFields) throws -> ReadyAnswer
        let meter: RequestMeters.Meters
        let isUnlimited: Bool
    }

    private let routes: [String: Route]
    private let findClient: FindClientAddress
    private let limiter: RateLimiter
    private let security: SecurityHeaders
    private let identifier: RequestIdentifier
    private let date: HTTPDate

    init<Inner>(_ door: FrontDoor<Inner>, routes: [ReadyRoute]) {
        let isEveryReadLogged = door.accessLog.threshold <= .debug
        self.routes = Dictionary(
            (isEveryReadLogged ? [] : routes).map { route in
                let ready = Route(
                    answer: route.answer, meter: door.meters.meters(of: route.path),
                    isUnlimited: door.rules.isUnlimited(route.path))
                return (route.path, ready)
            }, uniquingKeysWith: { first, _ in first })
        findClient = door.findClient
        limiter = door.limiter
        security = door.security
        identifier = door.identifier
        date = door.date
    }

    /// Whether a request of this head may be answered here, once its end has come.
    func mayAnswer(_ head: HTTPRequest) -> Bool {
        guard head.method == .get, let path = head.path, routes[path] != nil else { return false }
        return !RequestBodies.isExpected(head.headerFields) && head.headerFields[.connection] == nil
            && head.authority != nil && head.headerFields[.secondHost] == nil
    }

    func answer(_ head: HTTPRequest, from peer: NetworkAddress) -> Answer? {
        let start = NIODeadline.now()
        guard let route = head.path.flatMap({ routes[$0] }) else { return nil }
        let client = findClient(peer: peer, forwardedFor: head.headerFields[values: .forwardedFor])
        // A request that a proxy has given an id keeps it, which the long way sees to.
        guard client == peer else { return nil }
        if !route.isUnlimited, limiter.wait(for: client.limited, isStrict: false) != nil { return nil }
        guard let ready = try? route.answer(head.headerFields) else { return nil }
        let answer = finished(ready)
        route.meter.record(status: ready.status.code, nanoseconds: (NIODeadline.now() - start).nanoseconds)
        return answer
    }

    private func finished(_ ready: ReadyAnswer) -> Answer {
        var fields = ready.headers
        fields.reserveCapacity(fields.count + security.fields.count + 3)
        if let body = ready.body {
            fields.append(HTTPField(name: .contentLength, value: String(body.readableBytes)))
        }
        fields.append(contentsOf: security.fields)
        fields.append(HTTPField(name: .date, value: date.now()))
        fields.append(HTTPField(name: .requestID, value: identifier.next()))
        return Answer(head: HTTPResponse(status: ready.status, headerFields: fields), body: ready.body)
    }
}
