/// A payment that the guest's bank takes back.
struct Dispute: Sendable {
    enum Status: String, Sendable {
        case needsResponse = "needs_response"
        case won, lost
    }

    let id = StripeID.make("du_1", 23)
    let created: Int64
    let amount: Int64
    let currency: String
    let charge: String
    let paymentIntent: String
    let reason: String
    var status = Status.needsResponse

    /// Stripe gives a card payment some weeks for evidence.
    private var dueBy: Int64 { created + 14 * 86_400 }

    var object: JSON {
        [
            "id": .string(id), "object": "dispute", "amount": .integer(amount),
            "balance_transactions": [], "charge": .string(charge), "created": .integer(created),
            "currency": .string(currency), "enhanced_eligibility_types": [], "evidence": [:],
            "evidence_details": [
                "due_by": status == .needsResponse ? .integer(dueBy) : .null, "enhanced_eligibility": [:],
                "has_evidence": false, "past_due": false, "submission_count": 0,
            ],
            "is_charge_refundable": false, "livemode": false, "metadata": [:],
            "payment_intent": .string(paymentIntent), "reason": .string(reason), "status": .string(status.rawValue),
        ]
    }
}

/// The bank asks the money back, and Stripe takes it out of the balance at once.
struct OpenDispute: Sendable {
    let payment: String

    func callAsFunction(in state: inout StripeState) throws(StripeError) -> JSON {
        guard let charge = state.payments[payment]?.latestCharge.flatMap({ state.charges[$0] }), charge.succeeded,
            charge.rest > 0
        else { throw .state("PaymentIntent \(payment) has no charge to dispute.") }
        let dispute = Dispute(
            created: WallTime.seconds, amount: charge.rest, currency: charge.currency, charge: charge.id,
            paymentIntent: payment, reason: "fraudulent")
        state.disputes.add(dispute, id: dispute.id)
        try state.emit("charge.dispute.created", dispute.object, origin: nil)
        try state.emit("charge.dispute.funds_withdrawn", dispute.object, origin: nil)
        return dispute.object
    }
}

/// The bank has decided: won brings the money back.
struct CloseDispute: Sendable {
    let id: String
    let isWon: Bool

    func callAsFunction(in state: inout StripeState) throws(StripeError) -> JSON {
        guard let dispute = state.disputes[id] else { throw .noSuch("dispute", id, param: "dispute") }
        guard dispute.status == .needsResponse else { throw .state("Dispute \(id) is closed.") }
        state.disputes.update(id) { $0.status = isWon ? .won : .lost }
        let closed = state.disputes[id]?.object ?? .null
        try state.emit("charge.dispute.closed", closed, origin: nil)
        if isWon { try state.emit("charge.dispute.funds_reinstated", closed, origin: nil) }
        return closed
    }
}
