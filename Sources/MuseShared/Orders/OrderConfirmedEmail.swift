/// “We have your order”: number, promise, receipt and the link that follows it.
struct OrderConfirmedEmail: EmailContent {
    static let template = EmailTemplate.orderConfirmed

    let subject: String
    let preheader: String
    let number: Int64
    let name: String
    let promiseWords: String
    let pickupWords: String
    let lines: [LineWords]
    let totals: TotalsTable
    let venueAddress: String
    let venuePhone: String
    let reason: String

    init(_ order: Order, number: Int64, promisedAt: Timestamp, venue: Venue) {
        lines = order.derivation.lineWords
        totals = TotalsTable(order.derivation, detail: .sums)
        subject = "Order \(number) is confirmed"
        promiseWords = "Ready around \(venue.timeZone.timeOrDay(promisedAt, readOn: order.placedAt))"
        preheader = "\(promiseWords). Total \(totals.total)."
        self.number = number
        name = order.contact.name
        pickupWords =
            switch (order.fulfilment, order.table) {
            case (.dineIn, let table?): "We bring it to table \(table)."
            case (.dineIn, nil): "We bring it to your table."
            case (.pickup, _): "Pick it up at the counter, \(venue.street)."
            case (nil, _): ""
            }
        venueAddress = "\(venue.street), \(venue.city)"
        venuePhone = venue.phone
        reason = LetterReason.ordered
    }
}

extension EmailContent {
    /// One message of a kind for each order: an undo and a second “ready” do not write twice.
    func queued(for order: Order, id: String) throws -> QueuedEmail {
        try queued(
            id: id, to: order.contact.email, orderID: order.id,
            idempotencyKey: "\(Self.template.rawValue):\(order.id)")
    }
}
