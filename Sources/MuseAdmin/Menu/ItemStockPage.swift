import MuseShared

/// One item's stock: how many there are, what to do about it, and where every portion went.
struct ItemStockPage: Page {
    static let template = "menu/item-stock-page"

    struct Change: Encodable, Sendable {
        let time: String
        let delta: String
        let reasonWords: String
        let orderHref: String?
        let orderWords: String?
        let staffName: String?
        let countAfter: String
    }

    let title: String
    let staff: StaffFrame
    let heading: String
    /// The item's editor, for whoever may use it.
    let editHref: String?
    let summary: String
    let action: String
    let isCounted: Bool
    let countValue: String
    let markValue: String
    let hasChanges: Bool
    let changes: [Change]

    struct Content {
        let itemID: String
        let name: String
        /// Nil: not counted.
        let level: StockLevel?
        let changes: [StockChange]
        let zone: VenueZone
        let maySeeOrders: Bool
        var mayEdit = false
    }

    init(_ content: Content, staff: StaffFrame) {
        self.staff = staff
        title = "Stock of \(content.name)"
        heading = content.name
        editHref = content.mayEdit ? Paths.item(content.itemID) : nil
        action = Paths.stockChanges(content.itemID)
        isCounted = content.level != nil
        summary =
            switch content.level {
            case nil: "Nobody counts it: it can be ordered without end."
            case .some(let level) where level.count == 0: "None left. It is sold out until it is counted again."
            case .some(let level): level.isLow ? "\(level.count) left, which is low." : "\(level.count) left."
            }
        countValue = content.level.map { String($0.count) } ?? ""
        markValue = content.level?.lowMark.map(String.init) ?? ""
        changes = content.changes.map { Self.change($0, content) }
        hasChanges = !changes.isEmpty
    }

    private static func change(_ change: StockChange, _ content: Content) -> Change {
        Change(
            time: change.at.milliseconds == 0 ? "Before" : content.zone.dayAndTime(change.at),
            delta: change.delta > 0 ? "+\(change.delta)" : String(change.delta), reasonWords: words(change.reason),
            orderHref: content.maySeeOrders ? change.orderID.map(Paths.order) : nil,
            orderWords: change.orderID.map { _ in change.orderNumber.map { "order \($0)" } ?? "an unpaid order" },
            staffName: change.staffName, countAfter: String(change.countAfter))
    }

    private static func words(_ reason: StockChange.Reason) -> String {
        switch reason {
        case .found: "Found there"
        case .counted: "Counted"
        case .delivered: "Delivered"
        case .reserved: "Ordered"
        case .released: "Given back"
        case .reclaimed: "Ordered after all, paid late"
        case .restocked: "Refunded, back on the shelf"
        case .uncounted: "No longer counted"
        }
    }
}
