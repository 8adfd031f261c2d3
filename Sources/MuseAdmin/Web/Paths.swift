import MuseShared

/// Where the pages of the staff site are, for linking and for coming back after signing in.
enum Paths {
    static let signIn = "/sign-in"
    static let board = "/board"
    static let orders = "/orders"
    static let menu = "/menu"
    static let promoCodes = "/promo-codes"
    static let today = "/"
    static let failedRefunds = "/orders?refund=failed"
    static let soldOutBoard = "/86"
    static let stock = "/stock"
    static let arrange = "/menu/arrange"
    static let publish = "/menu/publish"
    static let history = "/menu/history"
    static let groups = "/menu/groups"
    static let venue = "/venue"
    static let tables = "/tables"
    static let pause = "/api/ordering/pause"
    static let delay = "/api/ordering/delay"

    static func order(_ id: String) -> String { "\(orders)/\(id)" }
    static func status(_ orderID: String) -> String { "/api/orders/\(orderID)/status" }
    static func done(_ orderID: String) -> String { "/api/orders/\(orderID)/done" }
    static func refund(_ id: String) -> String { "\(order(id))/refund" }
    static func item(_ id: String) -> String { "\(menu)/items/\(id)" }
    static func newItem(category: String) -> String { "\(menu)/items/new?category=\(category)" }
    static func category(_ id: String) -> String { "\(menu)/categories/\(id)" }
    static func group(_ id: String) -> String { "\(groups)/\(id)" }
    static func version(_ number: Int64) -> String { "\(history)/\(number)" }

    static func soldOut(_ subject: SoldOutRepository.Subject) -> String {
        let kind = if case .item = subject { "item" } else { "option" }
        return "\(soldOutBoard)#\(kind)-\(subject.id)"
    }

    static func promoCode(_ id: String) -> String { "\(promoCodes)/\(id)" }

    static func itemStock(_ id: String) -> String { "\(item(id))/stock" }
    static func stockChanges(_ itemID: String) -> String { "/api/menu/items/\(itemID)/stock" }

    static func hours(_ owner: MenuHoursOwner) -> String {
        let kind = if case .item = owner { "items" } else { "categories" }
        return "\(menu)/\(kind)/\(owner.id)/hours"
    }

    static func hoursChange(_ owner: MenuHoursOwner) -> String { "/api\(hours(owner))" }

    static func itemPhoto(_ id: String) -> String { "\(item(id))/photo" }

    /// On the customer site.
    static func tableLink(_ code: String) -> String { "/t/\(code)" }

    /// A place to go back to that somebody sent along; nil unless it is a page of ours.
    ///
    /// The query and the fragment stay, the path must be one of the known ones: a redirect never leads elsewhere.
    static func known(_ text: String?) -> String? {
        guard let text, text.utf8.count <= 500, text.hasPrefix("/"), !text.hasPrefix("//") else { return nil }
        let path = String(text.prefix { $0 != "?" && $0 != "#" })
        let pages = [
            today, board, orders, menu, soldOutBoard, stock, promoCodes, arrange, publish, history, groups, venue,
        ]
        if pages.contains(path) { return text }
        var parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        if parts.count == 4, let page = parts.last, ["photo", "stock", "hours"].contains(page) { parts.removeLast() }
        if parts.count == 3, parts.last == "refund" { parts.removeLast() }
        let isListed = parts.count == 2 && ["orders", "promo-codes"].contains(parts.first)
        let isOfMenu =
            parts.count == 3 && parts.first == "menu" && parts.dropFirst().first.map(menuParts.contains) == true
        guard isListed || isOfMenu, let last = parts.last, isName(last) else { return nil }
        return text
    }

    private static let menuParts: Set = ["items", "categories", "groups", "history"]

    private static func isName(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95 }
    }
}
