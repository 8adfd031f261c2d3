import NIOCore

/// How long a connection may take over each part of a request, and how many there may be.
public struct ConnectionLimits: Sendable {
    /// From the first byte of a request (or from connecting) to the end of its headers.
    public var header: TimeAmount = .seconds(10)
    /// From the headers to the end of the body, for ordinary bodies.
    public var body: TimeAmount = .seconds(15)
    /// Larger bodies get a second more for this many declared bytes: an 8 MiB photo over a slow uplink needs it.
    public var bodyBytesPerSecond = 65_536
    /// How long a client may go without taking in what we wrote; it must take ``leastDrain`` bytes in each such span.
    public var write: TimeAmount = .seconds(30)
    public var leastDrain = 65_536
    /// Between two requests. Longer than nginx keeps its side open, so that it never sends into a closing connection.
    public var idle: TimeAmount = .seconds(75)
    /// At once from one address; our own proxies are exempt.
    public var perAddress: Int
    public var total = 8192

    public init(perAddress: Int) {
        self.perAddress = perAddress
    }

    /// In development everyone is 127.0.0.1.
    public static func standard(_ environment: MuseConfiguration.Environment) -> ConnectionLimits {
        ConnectionLimits(perAddress: environment == .production ? 64 : 1024)
    }

    /// How often deadlines are looked at: a timer for each request would cost more than the deadline is worth.
    var tick: TimeAmount {
        let shortest = [header, body, write, idle].map(\.nanoseconds).min() ?? 1_000_000_000
        return .nanoseconds(max(10_000_000, min(1_000_000_000, shortest / 4)))
    }

    func bodyDeadline(from start: NIODeadline, declared: Int?) -> NIODeadline {
        let extra = (declared ?? 0) / max(1, bodyBytesPerSecond)
        return start + body + .seconds(Int64(min(extra, 3600)))
    }
}
