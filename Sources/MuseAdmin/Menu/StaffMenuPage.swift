import MuseShared

/// The menu as staff change it: prices and what is sold out, in rows.
struct StaffMenuPage: Page {
    static let template = "menu/staff-menu-page"

    struct Category: Encodable, Sendable {
        let anchor: String
        let categoryName: String
        let countWords: String
        let categoryMark: String?
        let editHref: String
        let newItemHref: String
        let items: [Row]
        let hasWaiting: Bool
        /// Items that only the draft knows.
        let waiting: [Named]
    }

    struct Named: Encodable, Sendable {
        let waitingHref: String
        let waitingName: String
    }

    struct Row: Encodable, Sendable {
        let itemId: String
        let href: String
        let itemName: String
        let priceValue: String
        let availabilityWord: String
        let tone: String
        let isSoldOut: Bool
        let until: String?
        let priceError: String?
        /// What the draft has of it.
        let mark: String?
    }

    /// A price that was refused in its row.
    struct RefusedPrice {
        let itemID: String
        let typed: String
        let problem: Problem
    }

    let title = "Menu"
    let staff: StaffFrame
    let nav: MenuNav
    let canEdit: Bool
    let summary: String
    let currency: String
    let currencySign: String
    let hasCategories: Bool
    let categories: [Category]
    let hasArchived: Bool
    let archived: [Named]
    let problem: FormProblem?

    init(
        _ menu: PublishedMenu, zone: VenueZone, staff: StaffFrame, draft: MenuSketch, canEdit: Bool,
        refused: RefusedPrice? = nil
    ) {
        self.staff = staff
        self.canEdit = canEdit
        nav = draft.nav
        let items = menu.menu.categories.flatMap(\.items)
        let gone = items.filter { !$0.available }.count
        summary = "\(items.count) items, \(gone == 0 ? "none" : "\(gone)") sold out."
        currency = menu.currency.words
        currencySign = menu.currency.sign
        let live = menu.menu.categories.map { category in
            let waiting = Self.waiting(in: category.id, draft)
            return Category(
                anchor: category.id, categoryName: category.name,
                countWords: category.items.count == 1 ? "1 item" : "\(category.items.count) items",
                categoryMark: Self.mark(MenuRef(.category, category.id), draft), editHref: Paths.category(category.id),
                newItemHref: Paths.newItem(category: category.id),
                items: category.items.map {
                    Row($0, menu: menu, zone: zone, mark: Self.mark(MenuRef(.item, $0.id), draft), refused: refused)
                },
                hasWaiting: !waiting.isEmpty, waiting: waiting)
        }
        categories = live + Self.newCategories(draft)
        archived = [MenuKind.category, .item].flatMap { kind in
            draft.live.all(kind, archived: true).map {
                Named(
                    waitingHref: kind == .item ? Paths.item($0.ref.id) : Paths.category($0.ref.id),
                    waitingName: $0.entity.name)
            }
        }
        hasArchived = !archived.isEmpty
        hasCategories = !categories.isEmpty
        problem = refused.map { FormProblem($0.problem, ids: ["price": "price-\($0.itemID)"]) }
    }

    private static func mark(_ ref: MenuRef, _ draft: MenuSketch) -> String? {
        guard let fields = draft.pending.entries[ref]?.fields.keys, !fields.isEmpty else { return nil }
        if fields.contains("isArchived") { return "archived in the draft" }
        return fields.allSatisfy { $0 == "position" } ? nil : "changed in the draft"
    }

    private static func waiting(in category: String, _ draft: MenuSketch) -> [Named] {
        draft.view.items(inCategory: category).filter { draft.live[$0.ref] == nil }.map {
            Named(waitingHref: Paths.item($0.ref.id), waitingName: $0.entity.name)
        }
    }

    private static func newCategories(_ draft: MenuSketch) -> [Category] {
        draft.view.all(.category).filter { draft.live[$0.ref] == nil }.map { ref, category in
            let waiting = waiting(in: ref.id, draft)
            return Category(
                anchor: ref.id, categoryName: category.name, countWords: "", categoryMark: "new in the draft",
                editHref: Paths.category(ref.id), newItemHref: Paths.newItem(category: ref.id), items: [],
                hasWaiting: !waiting.isEmpty, waiting: waiting)
        }
    }
}

extension StaffMenuPage.Row {
    init(
        _ item: MenuItem, menu: PublishedMenu, zone: VenueZone, mark: String?, refused: StaffMenuPage.RefusedPrice?
    ) {
        self.mark = mark
        let mine = refused.flatMap { $0.itemID == item.id ? $0 : nil }
        itemId = item.id
        href = Paths.item(item.id)
        itemName = item.name
        priceValue = mine?.typed ?? menu.money(item.priceMinor).decimal
        isSoldOut = !item.available
        let left = item.kitchen.stockCount
        availabilityWord =
            item.available ? left.map { "\($0) left" } ?? "Available" : left == 0 ? "None left" : "Sold out"
        tone = item.available ? "positive" : "danger"
        until = item.returnsAt.map { "until \(zone.dayAndTime($0))" }
        priceError = mine?.problem.message(of: "price")
    }
}

extension Currency {
    /// What stands before an amount.
    var sign: String {
        String(Money(minor: 0, currency: self).formatted.prefix { !$0.isNumber })
    }

    /// How people call it.
    var words: String {
        switch code {
        case "USD": "dollars"
        case "EUR": "euros"
        case "GBP": "pounds"
        case "JPY": "yen"
        default: code
        }
    }
}
