/// “It is ready”: where to fetch it.
struct OrderReadyEmail: EmailContent {
    static let template = EmailTemplate.orderReady

    let subject: String
    let preheader: String
    let number: Int64?
    let name: String
    let pickupWords: String
    /// What was ordered, in one sentence.
    let whatWords: String
    let venueAddress: String
    let venuePhone: String
    let reason: String

    init(_ order: Order, venue: Venue) {
        let isServed = order.fulfilment == .dineIn
        subject = order.number.map { "Order \($0) is ready" } ?? "Your order is ready"
        preheader = isServed ? "It is on its way to your table." : "It waits at the counter."
        number = order.number
        name = order.contact.name
        pickupWords =
            isServed ? "We are bringing it to you." : "Come to the counter, \(venue.street), and say your name."
        whatWords = order.derivation.whatWords
        venueAddress = "\(venue.street), \(venue.city)"
        venuePhone = venue.phone
        reason = LetterReason.ordered
    }
}
