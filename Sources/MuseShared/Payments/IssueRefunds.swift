import Logging

/// Asks Stripe for the refunds that have been decided, with the refund's id as idempotency key, until it answers.
public struct IssueRefunds: Sendable {
    let database: Database
    let stripe: StripeClient
    let logger: Logger
    private let refunds: RefundRepository

    public init(database: Database, stripe: StripeClient, logger: Logger, ids: IDSource = .live) {
        self.database = database
        self.stripe = stripe
        self.logger = logger
        refunds = RefundRepository(ids: ids)
    }

    /// Works off what is due and returns how many refunds were settled.
    @discardableResult
    public func callAsFunction() async throws -> Int {
        var settled = 0
        for refund in try refunds.due(limit: 20, database: database) {
            do {
                let answer = try await stripe.createRefund(
                    RefundRequest(
                        paymentIntent: refund.paymentIntent, amountMinor: refund.amountMinor, refundID: refund.id),
                    refund.id)
                try await refunds.succeeded(refund, as: answer, database: database)
                settled += 1
            } catch StripeFailure.refused(_, let code, _) {
                logger.error("refund refused", metadata: ["refund": "\(refund.id)", "code": "\(code)"])
                try await refunds.failed(refund, database: database)
            } catch let failure as StripeFailure {
                logger.warning("refund postponed", metadata: ["refund": "\(refund.id)", "reason": "\(failure)"])
                let wait = min(Int64(5) << min(refund.attempts, 8), 600)
                try await refunds.postpone(refund, seconds: wait, database: database)
            }
        }
        return settled
    }
}
