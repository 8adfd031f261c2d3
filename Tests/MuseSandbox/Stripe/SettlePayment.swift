/// Ends a payment by a delayed method, days later at Stripe, at once here.
struct SettlePayment: Sendable {
    enum Outcome: String, Sendable { case succeeded, failed }

    let session: String
    let outcome: Outcome

    func callAsFunction(in state: inout StripeState) throws(StripeError) -> CheckoutSession {
        let before = try state.session(session)
        guard let payment = before.paymentIntent, state.payments[payment]?.status == .processing else {
            throw .state("This Checkout Session has no payment in progress.")
        }
        switch outcome {
        case .succeeded:
            let email = before.payer?.email ?? ""
            try Self.succeed(payment, email: email, by: .bankDebit, in: &state)
            state.sessions.update(session) { $0.paymentStatus = .paid }
        case .failed:
            state.payments.update(payment) { intent in
                intent.status = .requiresPaymentMethod
                intent.lastError = [
                    "code": "payment_intent_payment_attempt_failed", "type": "invalid_request_error",
                    "message": "The payment failed.",
                ]
            }
            let failed = state.payments[payment]?.object ?? .null
            try state.emit("payment_intent.payment_failed", failed, origin: nil)
        }
        let after = try state.session(session)
        try state.emit("checkout.session.async_payment_\(outcome.rawValue)", after.object, origin: nil)
        return after
    }

    /// The money has arrived: a charge, the payment's new state, and their events.
    static func succeed(
        _ payment: String, email: String, by method: Charge.Method, in state: inout StripeState
    ) throws(StripeError) {
        guard let intent = state.payments[payment] else { return }
        let charge = Charge(
            created: WallTime.seconds, amount: intent.amount, currency: intent.currency, paymentIntent: payment,
            email: email, method: method, paymentMethod: intent.paymentMethod, metadata: intent.metadata,
            succeeded: true)
        state.charges.add(charge, id: charge.id)
        state.payments.update(payment) { intent in
            intent.status = .succeeded
            intent.latestCharge = charge.id
            intent.lastError = .null
        }
        try state.emit("charge.succeeded", charge.object, origin: nil)
        try state.emit("payment_intent.succeeded", state.payments[payment]?.object ?? .null, origin: nil)
    }
}
