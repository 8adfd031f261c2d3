import MuseShared

/// The menu as staff change it: prices and what is sold out, in rows.
struct StaffMenuPage: Page {
    static let template = "menu/staff-menu-page"

    struct Category: Encodable, Sendable {
        let anchor: String
        let categoryName: String
        let countWords: String
        let items: [Row]
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
    }

    /// A price that was refused in its row.
    struct RefusedPrice {
        let itemID: String
        let typed: String
        let problem: Problem
    }

    let title = "Menu"
    let staff: StaffFrame
    let summary: String
    let currency: String
    let currencySign: String
    let hasCategories: Bool
    let categories: [Category]
    let problem: FormProblem?

    init(_ menu: PublishedMenu, zone: VenueZone, staff: StaffFrame, refused: RefusedPrice? = nil) {
        self.staff = staff
        let items = menu.menu.categories.flatMap(\.items)
        let gone = items.filter { !$0.available }.count
        summary = "\(items.count) items, \(gone == 0 ? "none" : "\(gone)") sold out."
        currency = menu.currency.words
        currencySign = menu.currency.sign
        categories = menu.menu.categories.map { category in
            Category(
                anchor: category.id, categoryName: category.name,
                countWords: category.items.count == 1 ? "1 item" : "\(category.items.count) items",
                items: category.items.map { Row($0, menu: menu, zone: zone, refused: refused) })
        }
        hasCategories = !categories.isEmpty
        problem = refused.map { FormProblem($0.problem, ids: ["price": "price-\($0.itemID)"]) }
    }
}

extension StaffMenuPage.Row {
    init(_ item: MenuItem, menu: PublishedMenu, zone: VenueZone, refused: StaffMenuPage.RefusedPrice?) {
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
