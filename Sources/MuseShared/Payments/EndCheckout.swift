/// Ends one Checkout Session, first at Stripe, so that nobody can pay any more; only then is what its order holds given
/// back.
struct EndCheckout: Sendable {
    private let settle: SettleCheckout
    private let open: OpenCheckout
    private let stripe: StripeClient

    init(database: Database, stripe: StripeClient, open: OpenCheckout, ids: IDSource) {
        settle = SettleCheckout(database: database, stripe: stripe, ids: ids)
        self.open = open
        self.stripe = stripe
    }

    /// - Returns: what became of the order; nil while Stripe does not know the session.
    /// - Throws: ``StripeFailure``; nothing was given back.
    func callAsFunction(_ session: CheckoutRepository.Session) async throws -> SettlementRepository.Outcome? {
        var stripeID = session.stripeID
        if stripeID == nil {
            // We died before Stripe's answer: the same call again tells the same session.
            stripeID = try await open(orderID: session.orderID)?.session?.stripeID
        }
        guard let stripeID else { return nil }
        let ended: StripeSession
        do {
            ended = try await stripe.expireSession(stripeID, "\(session.id)-expire")
        } catch StripeFailure.refused {
            // Not open any more: it was paid or has expired meanwhile, and the session itself says which.
            ended = try await stripe.retrieveSession(stripeID)
        }
        return try await settle.apply(ended)
    }
}
