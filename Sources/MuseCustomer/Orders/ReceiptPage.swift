import MuseShared

/// The receipt as one prints it: on a sheet, or on the 80 mm roll of the counter's printer.
struct ReceiptPage: Page {
    static let template = "orders/receipt-page"
    /// It shows the order's token in links of its own.
    static let holdsSecrets = true

    struct Returned: Encodable, Sendable {
        let returnedWords: String
        let returnedAmount: String
    }

    struct Refunded: Encodable, Sendable {
        let returned: [Returned]
        let keptAmount: String
    }

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
    let refunded: Refunded?
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
        lines = order.derivation.lines.map { LineWords($0, currency: words.currency) }
        orderNote = order.note.isEmpty ? nil : order.note
        totals = TotalsTable(order.derivation, detail: .sums)
        paidWords = words.paid ?? "Not paid yet."
        refunded = Self.refunded(view, currency: words.currency)
        orderHref = Paths.order(order.id, token: view.token)
    }

    private static func refunded(_ view: OrderView, currency: Currency) -> Refunded? {
        let counted = view.detail.refunds.filter { $0.state != "failed" }
        guard !counted.isEmpty else { return nil }
        let text = { (minor: Int64) in Money(minor: minor, currency: currency).formatted }
        let sum = counted.reduce(Int64(0)) { $0.addingReportingOverflow($1.amountMinor).partialValue }
        let rows = counted.map { refund in
            Returned(
                returnedWords: (refund.state == "succeeded" ? "Given back " : "On its way back ")
                    + view.venue.timeZone.dayAndTime(refund.createdAt),
                returnedAmount: text(-refund.amountMinor))
        }
        return Refunded(
            returned: rows,
            keptAmount: text(view.detail.order.totals.totalMinor.subtractingReportingOverflow(sum).partialValue))
    }
}
