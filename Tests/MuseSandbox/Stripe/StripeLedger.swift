import Synchronization

/// The state behind one lock, and the queue of events that changes to it leave behind.
final class StripeLedger: Sendable {
    private let state: Mutex<StripeState>
    private let queue: AsyncStream<String>.Continuation
    /// Ids of events to deliver, in the order they happened.
    let queued: AsyncStream<String>

    init(keeping total: Int, subscribed: Set<String>) {
        state = Mutex(StripeState(keeping: total, subscribed: subscribed))
        (queued, queue) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(total))
    }

    func read<Result: Sendable>(
        _ body: @Sendable (StripeState) throws(StripeError) -> Result
    ) throws(StripeError) -> Result {
        try state.withLock { state throws(StripeError) in try body(state) }
    }

    /// A look that can't be refused.
    func peek<Result: Sendable>(_ body: @Sendable (StripeState) -> Result) -> Result {
        state.withLock { body($0) }
    }

    func change<Result: Sendable>(
        _ body: @Sendable (inout StripeState) throws(StripeError) -> Result
    ) throws(StripeError) -> Result {
        let (result, fresh) = try state.withLock { state throws(StripeError) in
            let result = try body(&state)
            let fresh = state.fresh
            state.fresh = []
            return (result, fresh)
        }
        for id in fresh { queue.yield(id) }
        return result
    }

    func event(_ id: String) -> StripeEvent? { state.withLock { $0.events[id] } }

    func record(_ attempt: StripeEvent.Attempt?, as delivery: StripeEvent.Delivery, for id: String) {
        state.withLock { state in
            state.events.update(id) { event in
                if let attempt { event.attempts.append(attempt) }
                // A late failure of a duplicate doesn't undo what was delivered.
                if event.delivery != .delivered { event.delivery = delivery }
            }
        }
    }

    func enqueue(_ id: String) { queue.yield(id) }

    func finish() { queue.finish() }
}
