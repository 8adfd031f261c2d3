/// Brings an order to where its Checkout Session is at Stripe, by fetching the session: an event is only a hint.
public struct SettleCheckout: Sendable {
    private let database: Database
    private let stripe: StripeClient
    private let ids: IDSource

    public init(database: Database, stripe: StripeClient, ids: IDSource = .live) {
        self.database = database
        self.stripe = stripe
        self.ids = ids
    }

    /// For the page a guest returns to: asks Stripe unless the order is decided already.
    ///
    /// Errors of Stripe are kept from the guest: the page goes on with what it knows.
    ///
    /// - Returns: whether the guest has done their part and the money is on its way; nil if Stripe did not say.
    @discardableResult
    public func callAsFunction(orderID: String) async throws -> Bool? {
        guard let session = try CheckoutRepository(database: database, ids: ids).session(ofOrder: orderID),
            session.state == .open, let stripeID = session.stripeID,
            let fresh = try? await stripe.retrieveSession(stripeID)
        else { return nil }
        _ = try await apply(fresh)
        return fresh.isProcessing
    }

    func apply(_ session: StripeSession) async throws -> SettlementRepository.Outcome {
        let settlements = SettlementRepository(ids: ids)
        return try await database.write { try settlements.apply(session, in: $0) }
    }
}
