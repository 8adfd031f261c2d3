/// The bank sends a refund back, as happens when an account was closed: the money is Stripe's to return by other means.
struct FailRefund: Sendable {
    let id: String

    func callAsFunction(in state: inout StripeState) throws(StripeError) -> JSON {
        guard let refund = state.refunds[id] else { throw .noSuch("refund", id, param: "refund") }
        guard refund.status != .failed else { throw .state("Refund \(id) has already failed.") }
        state.refunds.update(id) { refund in
            refund.status = .failed
            refund.failure = "expired_or_canceled_card"
        }
        state.charges.update(refund.charge) { $0.refunded -= refund.amount }
        let failed = state.refunds[id]?.object ?? .null
        try state.emit("refund.updated", failed, origin: nil)
        try state.emit("refund.failed", failed, origin: nil)
        return failed
    }
}
