/// “Your payment came too late, and goes back”: nothing was charged for nothing.
struct PaymentReturnedEmail: EmailContent {
    static let template = EmailTemplate.paymentReturned

    let subject: String
    let preheader: String
    let name: String
    let lines: [LineWords]
    let totals: TotalsTable
    /// What can be had in its place, a sentence each.
    let instead: [String]?
    let venueAddress: String
    let venuePhone: String
    let reason: String

    init(_ order: Order, venue: Venue, instead: [String] = []) {
        self.instead = instead
        lines = order.derivation.lineWords
        totals = TotalsTable(order.derivation, detail: .sums)
        subject = "Your payment is on its way back"
        preheader = "\(totals.total) goes back in full."
        name = order.contact.name
        venueAddress = "\(venue.street), \(venue.city)"
        venuePhone = venue.phone
        reason = LetterReason.ordered
    }
}
