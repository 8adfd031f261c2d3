import MuseShared

/// The receipt as one prints it: on a sheet, or on the 80 mm roll of the counter's printer.
struct ReceiptPage: Page {
    static let template = "orders/receipt-page"
    /// It shows the order's token in links of its own.
    static let holdsSecrets = true

    let title: String
    let venueName: String
    let address: String
    let phone: String?
    let email: String
    let heading: String
    let orderId: String
    let kindWords: String
    let dateWords: String
    let lines: [LineWords]
    let orderNote: String?
    let totals: TotalsTable
    let paidWords: String
    let returned: ReturnedTable?
    let orderHref: String

    /// - Parameter view: of an order that was paid, or that there was nothing to pay for.
    init(_ view: OrderView) {
        let order = view.detail.order
        let venue = view.venue
        let words = OrderWords(view)
        heading = order.number.map { "Receipt for order \($0)" } ?? "Receipt"
        title = heading
        venueName = venue.name
        address = "\(venue.street), \(venue.city)"
        phone = venue.phone.isEmpty ? nil : venue.phone
        email = venue.email
        orderId = order.id
        kindWords = words.kind
        dateWords = venue.timeZone.dayAndTime(order.paidAt ?? order.placedAt)
        lines = order.derivation.lineWords
        orderNote = order.note.isEmpty ? nil : order.note
        totals = TotalsTable(order.derivation, detail: .sums)
        paidWords = words.paid ?? "Not paid yet."
        returned = ReturnedTable(view.detail, zone: venue.timeZone)
        orderHref = Paths.order(order.id, token: view.token)
    }
}
