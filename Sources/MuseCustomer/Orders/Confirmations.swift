import MuseShared
import Synchronization

/// Keeps a page that is reloaded while a payment is being confirmed from asking Stripe each time.
final class Confirmations: Sendable {
    private let lastAsked = Mutex<[String: ContinuousClock.Instant]>([:])
    private let pause: Duration

    /// - Parameter pause: least time between two questions about one order.
    init(pause: Duration = .seconds(2)) {
        self.pause = pause
    }

    /// Whether Stripe may be asked about this order now; saying yes counts as asking.
    func mayAsk(_ orderID: String) -> Bool {
        lastAsked.withLock { asked in
            let now = ContinuousClock.now
            if let last = asked[orderID], now - last < pause { return false }
            if asked.count > 10_000 { asked.removeAll() }
            asked[orderID] = now
            return true
        }
    }
}
