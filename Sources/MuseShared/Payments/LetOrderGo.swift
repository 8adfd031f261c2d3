/// Lets an order that waits for its payment go before its time, because its guest wants something else: one cart must not
/// hold the same things twice, nor be paid twice.
public struct LetOrderGo: Sendable {
    public enum Refusal: Error {
        /// It was paid meanwhile, or its payment is on the way.
        case inPayment
        /// Without Stripe's word nothing is given back.
        case paymentUnavailable
        case failed(any Error)
    }

    private let orders: OrderRepository
    private let checkouts: CheckoutRepository
    private let end: EndCheckout

    public init(database: Database, stripe: StripeClient, open: OpenCheckout, ids: IDSource = .live) {
        orders = OrderRepository(database: database)
        checkouts = CheckoutRepository(database: database, ids: ids)
        end = EndCheckout(database: database, stripe: stripe, open: open, ids: ids)
    }

    /// Does nothing to an order that holds nothing any more.
    public func callAsFunction(orderID: String) async throws(Refusal) {
        do {
            if let session = try checkouts.session(ofOrder: orderID),
                session.state == .pending || session.state == .open
            {
                _ = try await end(session)
            }
            guard let order = try orders.order(orderID) else { return }
            switch order.status {
            case .expired, .cancelled: return
            case .awaitingPayment, .paid, .preparing, .ready, .completed: throw Refusal.inPayment
            }
        } catch let refusal as Refusal {
            throw refusal
        } catch is StripeFailure {
            throw .paymentUnavailable
        } catch {
            throw .failed(error)
        }
    }
}
