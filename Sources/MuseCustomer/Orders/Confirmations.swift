import MuseShared
import Synchronization

/// Keeps a page that is reloaded while a payment is being confirmed from asking Stripe each time.
final class Confirmations: Sendable {
    /// Least time between two questions about one order.
    private static let pauseMilliseconds: Int64 = 2000
    private let lastAsked = Mutex<[String: Timestamp]>([:])
    private let clock: WallClock

    init(clock: WallClock) {
        self.clock = clock
    }

    /// Whether Stripe may be asked about this order now; saying yes counts as asking.
    func mayAsk(_ orderID: String) -> Bool {
        lastAsked.withLock { asked in
            let now = clock.now()
            if let last = asked[orderID], now < last.adding(milliseconds: Self.pauseMilliseconds) { return false }
            if asked.count > 10_000 { asked.removeAll() }
            asked[orderID] = now
            return true
        }
    }
}
