import Logging

/// Ends holds that nobody paid for: first at Stripe, so that nobody can pay any more, and only then are stock and
/// seats given back.
public struct ExpireHolds: Sendable {
    private let checkouts: CheckoutRepository
    private let settle: SettleCheckout
    private let open: OpenCheckout
    private let stripe: StripeClient
    private let logger: Logger

    public init(database: Database, stripe: StripeClient, open: OpenCheckout, logger: Logger, ids: IDSource = .live) {
        checkouts = CheckoutRepository(database: database, ids: ids)
        settle = SettleCheckout(database: database, stripe: stripe, ids: ids)
        self.open = open
        self.stripe = stripe
        self.logger = logger
    }

    /// Works off what is overdue and returns how many holds were decided.
    @discardableResult
    public func callAsFunction() async throws -> Int {
        var decided = 0
        for session in try checkouts.overdue(limit: 50) {
            do {
                if try await end(session) { decided += 1 }
            } catch let failure as StripeFailure {
                // Nothing is given away while Stripe's word is missing; the next round asks again.
                logger.warning("hold not ended yet", metadata: ["order": "\(session.orderID)", "reason": "\(failure)"])
            }
        }
        return decided
    }

    private func end(_ session: CheckoutRepository.Session) async throws -> Bool {
        var stripeID = session.stripeID
        if stripeID == nil {
            // We died before Stripe's answer: the same call again tells the same session.
            stripeID = try await open(orderID: session.orderID)?.session?.stripeID
        }
        guard let stripeID else { return false }
        let ended: StripeSession
        do {
            ended = try await stripe.expireSession(stripeID, "\(session.id)-expire")
        } catch StripeFailure.refused {
            // Not open any more: it was paid or has expired meanwhile, and the session itself says which.
            ended = try await stripe.retrieveSession(stripeID)
        }
        return try await settle.apply(ended) != .unchanged
    }
}
