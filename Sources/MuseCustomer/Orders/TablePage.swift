import MuseShared

/// Where a table's link leads: this is your table, here is the menu. Or, kindly, that the link is an old one.
struct TablePage: Page {
    static let template = "orders/table-page"

    let title: String
    let site: SiteFrame
    let isKnown: Bool
    let tableHeading: String
    let tableText: String

    init(_ table: DiningTable?, site: SiteFrame) {
        self.site = site
        isKnown = table != nil
        title = table.map { "Table \($0.name)" } ?? "Which table?"
        tableHeading = table.map { "You are at table \($0.name)" } ?? "This link is not in use any more"
        tableText =
            table == nil
            ? "The card on your table may be an older one. Scan it again, ask us for the new one, or order for pickup."
            : "Order from the menu and we bring it to you. Nobody needs to queue."
    }
}
