import MuseShared
import Synchronization

/// What Stripe last said of orders that wait for their payment: a page that is reloaded must not ask each time.
final class Confirmations: Sendable {
    private struct Word {
        let asked: Timestamp
        var isProcessing: Bool?
    }

    /// Least time between two questions about one order.
    private static let pauseMilliseconds: Int64 = 2000
    private let words = Mutex<[String: Word]>([:])
    private let clock: WallClock

    init(clock: WallClock) {
        self.clock = clock
    }

    /// Whether the order's payment is on its way; nil if Stripe has not said.
    ///
    /// - Parameter ask: is called unless Stripe was asked about this order a moment ago.
    func isProcessing(_ orderID: String, ask: () async throws -> Bool?) async throws -> Bool? {
        guard mayAsk(orderID) else { return words.withLock { $0[orderID]?.isProcessing } }
        let answer = try await ask()
        words.withLock { $0[orderID]?.isProcessing = answer }
        return answer
    }

    /// Saying yes counts as asking; what was learnt before stands until the answer comes.
    private func mayAsk(_ orderID: String) -> Bool {
        words.withLock { words in
            let now = clock.now()
            let last = words[orderID]
            if let last, now < last.asked.adding(milliseconds: Self.pauseMilliseconds) { return false }
            if words.count > 10_000 { words.removeAll() }
            words[orderID] = Word(asked: now, isProcessing: last?.isProcessing)
            return true
        }
    }
}
