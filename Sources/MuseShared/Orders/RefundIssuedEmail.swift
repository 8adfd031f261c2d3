/// “Your money is on its way”: what went back, for what, and when the bank shows it.
struct RefundIssuedEmail: EmailContent {
    static let template = EmailTemplate.refundIssued

    let subject: String
    let preheader: String
    let name: String
    let amount: String
    let whyWords: String
    let hasPortions: Bool
    let portions: [String]
    /// The whole receipt, with what went back and what is left. A program that sends this letter may have none.
    let lines: [LineWords]?
    let totals: TotalsTable?
    let returned: ReturnedTable?
    let venueAddress: String
    let venuePhone: String
    let reason: String

    init(_ detail: OrderDetail, _ refund: OrderRefund, amountMinor: Int64, venue: Venue) {
        let order = detail.order
        let currency = Currency(code: order.derivation.currency) ?? .usd
        let amount = Money(minor: amountMinor, currency: currency).formatted
        self.amount = amount
        subject = order.number.map { "\(amount) of order \($0) goes back to you" } ?? "\(amount) goes back to you"
        preheader = "To the card you paid with, within 5 to 10 days."
        name = order.contact.name
        whyWords =
            switch refund.reason {
            case "cancelled": "We could not make your order and had to cancel it. We are sorry."
            case "refundedAtStripe": "It belongs to what you paid for your order."
            default: "Reason: \(refund.reason)"
            }
        portions = refund.portions
        hasPortions = !portions.isEmpty
        lines = order.derivation.lineWords
        totals = TotalsTable(order.derivation, detail: .sums)
        returned = ReturnedTable(detail, zone: venue.timeZone)
        venueAddress = "\(venue.street), \(venue.city)"
        venuePhone = venue.phone
        reason = LetterReason.ordered
    }
}
