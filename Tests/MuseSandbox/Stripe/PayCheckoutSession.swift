/// What the hosted page does when a guest presses a button.
struct PayCheckoutSession: Sendable {
    enum Outcome: String, Sendable, CaseIterable { case paid, declined, delayed }

    struct Result: Sendable {
        let session: CheckoutSession
        /// The `checkout.session.completed` event; nil after a declined card.
        let completed: String?
    }

    let id: String
    let outcome: Outcome
    let payer: CheckoutSession.Payer

    func callAsFunction(in state: inout StripeState) throws(StripeError) -> Result {
        try ExpireCheckoutSession().due(in: &state)
        let session = try state.session(id)
        guard session.status == .open else {
            throw .state("This Checkout Session is already \(session.status.rawValue) and can't be paid.")
        }
        if session.total == 0, outcome != .declined { return try complete(.noPaymentRequired, in: &state) }
        let payment = intent(for: session, in: &state)
        switch outcome {
        case .declined:
            try decline(payment, in: &state)
            return Result(session: session, completed: nil)
        case .paid:
            try SettlePayment.succeed(payment, email: payer.email, by: .card(last4: "4242"), in: &state)
            return try complete(.paid, in: &state)
        case .delayed:
            state.payments.update(payment) { $0.status = .processing }
            return try complete(.unpaid, in: &state)
        }
    }

    /// The payment of the session, made at the first attempt.
    private func intent(for session: CheckoutSession, in state: inout StripeState) -> String {
        if let present = session.paymentIntent { return present }
        let payment = PaymentIntent(
            created: WallTime.seconds, amount: session.total, currency: session.currency,
            description: session.terms.paymentDescription, metadata: session.terms.paymentMetadata)
        state.payments.add(payment, id: payment.id)
        state.sessions.update(id) { $0.paymentIntent = payment.id }
        return payment.id
    }

    private func complete(
        _ paid: CheckoutSession.PaymentStatus, in state: inout StripeState
    ) throws(StripeError) -> Result {
        state.sessions.update(id) { session in
            session.status = .complete
            session.paymentStatus = paid
            session.payer = payer
        }
        state.open.remove(id)
        let session = try state.session(id)
        let event = try state.emit("checkout.session.completed", session.object, origin: nil)
        return Result(session: session, completed: event)
    }

    private func decline(_ payment: String, in state: inout StripeState) throws(StripeError) {
        guard let intent = state.payments[payment] else { return }
        let charge = Charge(
            created: WallTime.seconds, amount: intent.amount, currency: intent.currency, paymentIntent: payment,
            email: payer.email, method: .card(last4: "0002"), paymentMethod: intent.paymentMethod,
            metadata: intent.metadata, succeeded: false)
        state.charges.add(charge, id: charge.id)
        state.payments.update(payment) { intent in
            intent.latestCharge = charge.id
            intent.lastError = [
                "charge": .string(charge.id), "code": "card_declined", "decline_code": "generic_decline",
                "doc_url": "https://stripe.com/docs/error-codes/card-declined",
                "message": "Your card was declined.", "type": "card_error",
            ]
        }
        try state.emit("charge.failed", charge.object, origin: nil)
        try state.emit("payment_intent.payment_failed", state.payments[payment]?.object ?? .null, origin: nil)
    }
}
