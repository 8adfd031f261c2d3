import Foundation

/// Asks Stripe for the Checkout Session of a placed order, or finds the one that is there.
public struct OpenCheckout: Sendable {
    private let orders: OrderRepository
    private let checkouts: CheckoutRepository
    private let stripe: StripeClient
    private let links: OrderLinks
    private let cartURL: String

    /// - Parameter cartURL: where a guest who leaves the payment page comes back to.
    public init(database: Database, stripe: StripeClient, links: OrderLinks, cartURL: String, ids: IDSource = .live) {
        orders = OrderRepository(database: database)
        checkouts = CheckoutRepository(database: database, ids: ids)
        self.stripe = stripe
        self.links = links
        self.cartURL = cartURL
    }

    /// The session with its address, or nil if the order needs none.
    ///
    /// - Throws: ``StripeFailure``; after `.refused` the order has expired and holds nothing.
    func callAsFunction(orderID: String) async throws -> CheckoutRepository.Session? {
        guard let session = try checkouts.session(ofOrder: orderID), let order = try orders.order(orderID) else {
            return nil
        }
        guard session.state == .pending else { return session }
        let request = CheckoutSessionRequest(order: order, session: session, links: links, cartURL: cartURL)
        do {
            let answer = try await stripe.createSession(request, session.id)
            try await checkouts.opened(session, as: answer)
        } catch let failure as StripeFailure {
            if case .refused = failure { try await checkouts.refused(session) }
            throw failure
        }
        return try checkouts.session(ofOrder: orderID)
    }
}
