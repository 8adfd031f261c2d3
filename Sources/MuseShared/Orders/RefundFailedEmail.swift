/// “Your refund did not arrive”: the bank sent it back, we know, and it comes in another way.
struct RefundFailedEmail: EmailContent {
    static let template = EmailTemplate.refundFailed

    let subject: String
    let preheader: String
    let name: String
    let amount: String
    let venueAddress: String
    let venuePhone: String
    let reason: String

    init(_ order: Order, amountMinor: Int64, venue: Venue) {
        amount = Money(minor: amountMinor, currency: Currency(code: order.derivation.currency) ?? .usd).formatted
        subject =
            order.number.map { "Your refund for order \($0) did not go through" } ?? "Your refund did not go through"
        preheader = "\(amount) is still yours. We look after it."
        name = order.contact.name
        venueAddress = "\(venue.street), \(venue.city)"
        venuePhone = venue.phone
        reason = LetterReason.ordered
    }
}
