import NIOCore
import Synchronization

/// Counts requests of each client over a minute that begins with its first one, in this process.
final class RequestWindow: Sendable {
    private struct Count {
        var start: NIODeadline
        var requests: Int
    }

    private let limit: Int
    private let counts = Mutex<[NetworkAddress: Count]>([:])
    /// Beyond this many clients a minute the old ones are swept out, which bounds memory at about 10 MB.
    private static let mostClients = 100_000
    private static let minute = TimeAmount.seconds(60)

    init(limit: Int) {
        self.limit = limit
    }

    /// Nil lets the request pass, otherwise the seconds until the client's minute ends.
    func count(_ client: NetworkAddress, now: NIODeadline = .now()) -> Int? {
        counts.withLock { counts in
            var count = counts[client] ?? Count(start: now, requests: 0)
            if now - count.start >= Self.minute { count = Count(start: now, requests: 0) }
            count.requests += 1
            if counts.count >= Self.mostClients, counts[client] == nil { Self.sweep(&counts, now) }
            counts[client] = count
            guard count.requests > limit else { return nil }
            let left = (Self.minute - (now - count.start)).nanoseconds
            return Int(left / 1_000_000_000) + 1
        }
    }

    private static func sweep(_ counts: inout [NetworkAddress: Count], _ now: NIODeadline) {
        counts = counts.filter { now - $0.value.start < minute }
        if counts.count >= mostClients { counts.removeAll(keepingCapacity: true) }
    }
}
