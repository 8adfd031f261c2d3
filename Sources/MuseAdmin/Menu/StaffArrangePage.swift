import MuseShared

/// The order of categories and items: by drag, by arrow keys, by plain buttons.
struct StaffArrangePage: Page {
    static let template = "menu/staff-arrange-page"

    struct List: Encodable, Sendable {
        let listId: String
        let listName: String
        let listKind: String
        let rows: [Row]
    }

    struct Row: Encodable, Sendable {
        let rowId: String
        let rowKind: String
        let rowName: String
        let rowNote: String?
        let isFirst: Bool
        let isLast: Bool
    }

    let title = "Order of the menu"
    let staff: StaffFrame
    let nav: MenuNav
    let hasLists: Bool
    let lists: [List]

    init(_ menu: EditedMenu, currency: Currency, nav: MenuNav, staff: StaffFrame) {
        self.staff = staff
        self.nav = nav
        let categories = menu.all(.category)
        let items = categories.map { ref, category in
            Self.list(ref.id, category.name, menu.items(inCategory: ref.id), currency)
        }
        let first = Self.list("categories", "Categories", categories, currency)
        lists = ([first] + items).filter { !$0.rows.isEmpty }
        hasLists = !lists.isEmpty
    }

    private static func list(
        _ id: String, _ name: String, _ things: [(ref: MenuRef, entity: MenuEntity)], _ currency: Currency
    ) -> List {
        let rows = things.enumerated().map { place, thing in
            let isItem = thing.ref.kind == .item
            return Row(
                rowId: thing.ref.id, rowKind: thing.ref.kind.rawValue, rowName: thing.entity.name,
                rowNote: isItem
                    ? Money(minor: thing.entity.number("priceMinor"), currency: currency).formatted : nil,
                isFirst: place == 0, isLast: place == things.count - 1)
        }
        return List(listId: id, listName: name, listKind: things.first?.ref.kind.rawValue ?? "item", rows: rows)
    }
}
