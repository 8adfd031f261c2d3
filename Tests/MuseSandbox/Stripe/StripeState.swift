/// Everything the stand-in for Stripe knows, changed only under the lock of `StripeLedger`.
struct StripeState: Sendable {
    var sessions: BoundedStore<CheckoutSession>
    var payments: BoundedStore<PaymentIntent>
    var charges: BoundedStore<Charge>
    var refunds: BoundedStore<Refund>
    var disputes: BoundedStore<Dispute>
    /// What the next refund shall meet, as a test asked for: `refused` or `pending`.
    var nextRefund: String?
    var events: BoundedStore<StripeEvent>
    /// Sessions that may still expire.
    var open: Set<String> = []
    /// No open session expires before this second.
    var nextExpiry = Int64.max
    /// Events made by the change in progress, to be delivered once the lock is released.
    var fresh: [String] = []
    /// Seconds that the clock of expiry runs ahead, so that a test needs no half hour.
    var clockAhead: Int64 = 0
    let subscribed: Set<String>

    var now: Int64 { WallTime.seconds + clockAhead }

    init(keeping total: Int, subscribed: Set<String>) {
        sessions = .init(limit: total / 20 * 3)
        payments = .init(limit: total / 20 * 3)
        charges = .init(limit: total / 20 * 3)
        refunds = .init(limit: total / 10)
        disputes = .init(limit: total / 20)
        events = .init(limit: total / 4)
        self.subscribed = subscribed
    }

    @discardableResult
    mutating func emit(_ type: String, _ snapshot: JSON, origin: StripeEvent.Origin?) throws(StripeError) -> String {
        let isSubscribed = subscribed.contains(type)
        guard
            let event = try? StripeEvent(
                type: type, snapshot: snapshot, origin: origin, subscribed: isSubscribed)
        else { throw StripeError(status: 500, type: "api_error", message: "The event could not be encoded.") }
        events.add(event, id: event.id)
        if isSubscribed { fresh.append(event.id) }
        return event.id
    }

    func session(_ id: String) throws(StripeError) -> CheckoutSession {
        guard let session = sessions[id] else { throw .noSuch("checkout.session", id, param: "session") }
        return session
    }
}
