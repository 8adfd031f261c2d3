/// `POST /v1/refunds`: gives back all or a part of what is left of a charge.
struct CreateRefund: Sendable {
    static let shape = ParameterShape.fields([
        "payment_intent": .value, "charge": .value, "amount": .value, "reason": .value, "metadata": .texts,
        "expand": .expand,
    ])

    func callAsFunction(_ call: StripeCall, in state: inout StripeState) throws(StripeError) -> JSON {
        let parameters = call.parameters
        let reason = try parameters.choice("reason", ["duplicate", "fraudulent", "requested_by_customer"])
        let metadata = try parameters.metadata()
        let asked = try parameters.integer("amount", atLeast: 1)
        let charge = try charge(parameters, in: state)
        guard charge.rest > 0 else {
            throw .state("Charge \(charge.id) has already been refunded.", code: "charge_already_refunded")
        }
        let amount = asked ?? charge.rest
        guard amount <= charge.rest else {
            throw .state(
                "Refund amount (\(amount) \(charge.currency)) is greater than unrefunded amount on charge "
                    + "(\(charge.rest) \(charge.currency))", param: "amount")
        }
        let fate = state.nextRefund
        state.nextRefund = nil
        if fate == "refused" {
            throw .state("This charge can't be refunded: your balance is too low.", code: "balance_insufficient")
        }
        let refund = Refund(
            created: WallTime.seconds, amount: amount, currency: charge.currency, charge: charge.id,
            paymentIntent: charge.paymentIntent, reason: reason, metadata: metadata,
            status: fate == "pending" ? .pending : .succeeded)
        state.refunds.add(refund, id: refund.id)
        state.charges.update(charge.id) { $0.refunded += amount }
        try state.emit("refund.created", refund.object, origin: call.cause)
        try state.emit("charge.refunded", state.charges[charge.id]?.object ?? .null, origin: call.cause)
        try state.emit("refund.updated", refund.object, origin: nil)
        return refund.object
    }

    private func charge(_ parameters: StripeParameters, in state: StripeState) throws(StripeError) -> Charge {
        if let id = try parameters.text("payment_intent") {
            guard let payment = state.payments[id] else {
                throw .noSuch("payment_intent", id, param: "payment_intent")
            }
            guard payment.status == .succeeded, let charge = payment.latestCharge.flatMap({ state.charges[$0] }) else {
                throw .state(
                    "This PaymentIntent (\(id)) does not have a successful charge to refund.", param: "payment_intent")
            }
            return charge
        }
        guard let id = try parameters.text("charge") else {
            throw StripeError(
                code: "parameter_missing",
                message: "One of the following params should be provided for this request: payment_intent or charge.")
        }
        guard let charge = state.charges[id] else { throw .noSuch("charge", id, param: "charge") }
        guard charge.succeeded else { throw .state("Charge \(id) was not successful.", param: "charge") }
        return charge
    }
}
