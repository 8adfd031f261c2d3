/// “Your payment came too late, and goes back”: nothing was charged for nothing.
struct PaymentReturnedEmail: EmailContent {
    static let template = EmailTemplate.paymentReturned

    let subject: String
    let preheader: String
    let name: String
    let lines: [LetterReceipt.Line]
    let totals: LetterReceipt.Sums
    let venueAddress: String
    let venuePhone: String
    let reason: String

    init(_ order: Order, venue: Venue) {
        let receipt = LetterReceipt(order.derivation)
        subject = "Your payment is on its way back"
        preheader = "\(receipt.totals.total) goes back in full."
        name = order.contact.name
        lines = receipt.lines
        totals = receipt.totals
        venueAddress = "\(venue.street), \(venue.city)"
        venuePhone = venue.phone
        reason = LetterReason.ordered
    }
}
