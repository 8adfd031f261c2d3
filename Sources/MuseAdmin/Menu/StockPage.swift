import MuseShared

/// Everything that is counted, what is low first.
struct StockPage: Page {
    static let template = "menu/stock-page"

    struct Row: Encodable, Sendable {
        let itemId: String
        let itemName: String
        let href: String
        let action: String
        let countWords: String
        let stateWord: String
        let tone: String
        let markWords: String?
    }

    let title = "Stock"
    let staff: StaffFrame
    let summary: String
    let hasRows: Bool
    let rows: [Row]

    init(_ levels: [StockLevel], staff: StaffFrame) {
        self.staff = staff
        let low = levels.filter(\.isLow).count
        summary = low == 0 ? "Nothing is low." : low == 1 ? "1 is low." : "\(low) are low."
        rows = levels.map { level in
            Row(
                itemId: level.itemID, itemName: level.name, href: Paths.itemStock(level.itemID),
                action: Paths.stockChanges(level.itemID), countWords: "\(level.count)",
                stateWord: level.count == 0 ? "None left" : level.isLow ? "Low" : "Enough",
                tone: level.count == 0 ? "danger" : level.isLow ? "warning" : "positive",
                markWords: level.lowMark.map { "low at \($0)" })
        }
        hasRows = !rows.isEmpty
    }
}
