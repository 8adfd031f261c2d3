import Foundation

/// Asks Stripe for the Checkout Session of a placed order, or finds the one that is there.
public struct OpenCheckout: Sendable {
    private let orders: OrderRepository
    private let checkouts: CheckoutRepository
    private let stripe: StripeClient
    private let links: OrderLinks

    public init(database: Database, stripe: StripeClient, links: OrderLinks, ids: IDSource = .live) {
        orders = OrderRepository(database: database)
        checkouts = CheckoutRepository(database: database, ids: ids)
        self.stripe = stripe
        self.links = links
    }

    struct Opened: Sendable {
        let order: Order
        /// With its address; nil if nothing has to be paid.
        let session: CheckoutRepository.Session?
    }

    /// - Returns: nil if there is no such order.
    /// - Throws: ``StripeFailure``; after `.refused` the order has expired and holds nothing.
    func callAsFunction(orderID: String) async throws -> Opened? {
        guard let order = try orders.order(orderID) else { return nil }
        let session = try checkouts.session(ofOrder: orderID)
        guard let session, session.state == .pending else { return Opened(order: order, session: session) }
        return Opened(order: order, session: try await ask(for: session, of: order))
    }

    /// How often and how long a second press of the button waits for the first one's answer.
    private static let patience = (tries: 30, pause: Duration.milliseconds(100))

    private func ask(for session: CheckoutRepository.Session, of order: Order) async throws -> CheckoutRepository
        .Session?
    {
        let request = CheckoutSessionRequest(order: order, session: session, links: links)
        do {
            let answer = try await stripe.createSession(request, session.id)
            try await checkouts.opened(session, as: answer)
        } catch StripeFailure.inProgress {
            return try await answerOfTwin(session)
        } catch let failure as StripeFailure {
            if case .refused = failure { try await checkouts.refused(session) }
            throw failure
        }
        return try checkouts.session(ofOrder: order.id)
    }

    /// The same request is on its way for another press of the button: its answer is ours too.
    private func answerOfTwin(_ session: CheckoutRepository.Session) async throws -> CheckoutRepository.Session? {
        for _ in 0..<Self.patience.tries {
            try await Task.sleep(for: Self.patience.pause)
            if let known = try checkouts.session(ofOrder: session.orderID), known.state != .pending { return known }
        }
        throw StripeFailure.unavailable("no answer to the first of several equal requests")
    }
}
