import Logging

/// Ends holds that nobody paid for: first at Stripe, so that nobody can pay any more, and only then are stock and
/// seats given back.
public struct ExpireHolds: Sendable {
    private let checkouts: CheckoutRepository
    private let end: EndCheckout
    private let logger: Logger

    public init(database: Database, stripe: StripeClient, open: OpenCheckout, logger: Logger, ids: IDSource = .live) {
        checkouts = CheckoutRepository(database: database, ids: ids)
        end = EndCheckout(database: database, stripe: stripe, open: open, ids: ids)
        self.logger = logger
    }

    /// Works off what is overdue and returns how many holds were decided.
    @discardableResult
    public func callAsFunction() async throws -> Int {
        var decided = 0
        for session in try checkouts.overdue(limit: 50) {
            do {
                if let outcome = try await end(session), outcome != .unchanged { decided += 1 }
            } catch let failure as StripeFailure {
                // Nothing is given away while Stripe's word is missing; the next round asks again.
                logger.warning("hold not ended yet", metadata: ["order": "\(session.orderID)", "reason": "\(failure)"])
            }
        }
        return decided
    }
}
