/// “Your order is cancelled”, when no money goes back for it: there was none, it went back before, or a bank has it.
struct OrderCancelledEmail: EmailContent {
    static let template = EmailTemplate.orderCancelled

    let subject: String
    let preheader: String
    let name: String
    /// What was ordered, in one sentence.
    let whatWords: String
    let moneyWords: String
    let venueAddress: String
    let venuePhone: String
    let reason: String

    init(_ detail: OrderDetail, venue: Venue) {
        let order = detail.order
        subject = order.number.map { "Order \($0) is cancelled" } ?? "Your order is cancelled"
        preheader = "We could not make it. We are sorry."
        name = order.contact.name
        whatWords = order.derivation.whatWords
        moneyWords = Self.money(detail)
        venueAddress = "\(venue.street), \(venue.city)"
        venuePhone = venue.phone
        reason = LetterReason.ordered
    }

    private static func money(_ detail: OrderDetail) -> String {
        guard detail.order.totals.totalMinor > 0 else { return "There was nothing to pay, so nothing goes back." }
        if detail.disputes.contains(where: \.isOpen) {
            return "Your bank is looking into your payment, and returns it to you if it decides so."
        }
        if detail.disputes.contains(where: { $0.status == "lost" }) {
            return "Your bank has returned your payment to you already."
        }
        return
            "All that you paid has gone back to your card before, or is on its way: banks show it within 5 to 10 days."
    }
}
