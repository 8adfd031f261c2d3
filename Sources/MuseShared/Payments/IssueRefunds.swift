import Logging

/// Asks Stripe for the refunds that have been decided, with the refund's id as idempotency key, until it answers; and
/// looks after those that Stripe has accepted but not finished.
public struct IssueRefunds: Sendable {
    let database: Database
    let stripe: StripeClient
    let logger: Logger
    private let refunds: RefundRepository
    private let settlements: RefundSettlementRepository

    public init(database: Database, stripe: StripeClient, logger: Logger, ids: IDSource = .live) {
        self.database = database
        self.stripe = stripe
        self.logger = logger
        refunds = RefundRepository(ids: ids)
        settlements = RefundSettlementRepository(ids: ids)
    }

    /// Works off what is due and returns how many refunds were settled.
    @discardableResult
    public func callAsFunction() async throws -> Int {
        var settled = 0
        for refund in try refunds.due(limit: 20, database: database) where try await ask(refund) {
            settled += 1
        }
        return settled
    }

    /// One try. Whether the refund is settled now; if it is not, a later round asks again.
    @discardableResult
    func ask(_ refund: RefundRepository.Pending) async throws -> Bool {
        do {
            let answer = try await answer(to: refund)
            let outcome = try await database.write { try settlements.apply(answer, in: $0) }
            if !answer.hasSucceeded, !answer.hasFailed {
                // Accepted, and the bank takes its time: a webhook will tell, and asking now and then is the net below.
                try await refunds.postpone(refund, seconds: 300, database: database)
            }
            return outcome == .changed
        } catch StripeFailure.refused(_, let code, let message) {
            logger.error("refund refused", metadata: ["refund": "\(refund.id)", "code": "\(code)"])
            try await refunds.refused(refund, because: message.isEmpty ? code : message, database: database)
        } catch let failure as StripeFailure {
            logger.warning("refund postponed", metadata: ["refund": "\(refund.id)", "reason": "\(failure)"])
            let wait = min(Int64(5) << min(refund.attempts, 8), 600)
            try await refunds.postpone(refund, seconds: wait, database: database)
        }
        return false
    }

    private func answer(to refund: RefundRepository.Pending) async throws -> StripeRefund {
        if let known = refund.stripeID { return try await stripe.retrieveRefund(known) }
        var answer = try await stripe.createRefund(
            RefundRequest(paymentIntent: refund.paymentIntent, amountMinor: refund.amountMinor, refundID: refund.id),
            refund.id)
        // It is the answer to this refund, whatever else Stripe says of it.
        answer.metadata = ["refund_id": refund.id]
        answer.paymentIntent = refund.paymentIntent
        return answer
    }
}
