/// One object of Stripe that says something about money, as the ledger is compared with.
enum StripeFact: Sendable {
    case session(StripeSession)
    case refund(StripeRefund)
    case dispute(StripeDispute)

    var id: String {
        switch self {
        case .session(let session): session.id
        case .refund(let refund): refund.id
        case .dispute(let dispute): dispute.id
        }
    }

    var kind: String {
        switch self {
        case .session: "session"
        case .refund: "refund"
        case .dispute: "dispute"
        }
    }

    /// What the ledger's rows of this id must come to. What failed, was won or never moved money comes to nothing.
    var netMinor: Int64 {
        switch self {
        case .session(let session): session.isPaid ? session.amountTotal ?? 0 : 0
        case .refund(let refund): refund.hasSucceeded ? -refund.amount : 0
        case .dispute(let dispute): dispute.isInquiry || dispute.isWon ? 0 : -dispute.amount
        }
    }
}
