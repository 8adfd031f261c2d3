import MuseShared

/// What every page of the customer site shows around its content.
struct SiteFrame: Encodable, Sendable {
    struct Link: Encodable, Sendable {
        let href: String
        let label: String
        let isCurrent: Bool
    }

    /// The bar at the thumb; absent while the cart is empty.
    struct Cart: Encodable, Sendable {
        let count: String
        let countWords: String
        let total: String
    }

    /// An order that this browser was sent to pay and did not.
    struct Waiting: Encodable, Sendable {
        let waitingHref: String
        let waitingWords: String
    }

    struct Message: Encodable, Sendable {
        let message: String
        let isProblem: Bool
    }

    let links: [Link]
    let isCart: Bool
    let cart: Cart?
    let tableWords: String?
    let waiting: Waiting?
    let flash: Message?
    let address: String
    let phone: String?
    let phoneLink: String?
    let hours: String

    init(
        venue: Venue, path: String, cart: Cart?, table: String? = nil, waiting: Waiting? = nil, flash: Flash?,
        now: Timestamp
    ) {
        links = [Link(href: Paths.menu, label: "Menu", isCurrent: path.hasPrefix(Paths.menu))]
        isCart = path.hasPrefix(Paths.cart)
        self.cart = cart
        tableWords = table.map { "You order to table \($0)." }
        self.waiting = waiting
        self.flash = flash.map { Message(message: $0.text, isProblem: $0.kind == .failure || $0.kind == .warning) }
        address = "\(venue.street), \(venue.city)"
        phone = venue.phone.isEmpty ? nil : venue.phone
        phoneLink = venue.phone.isEmpty ? nil : venue.phone.filter { $0.isNumber || $0 == "+" }
        hours = OpenState(venue.schedule, at: now).sentence
    }
}

extension SiteFrame.Waiting {
    /// Nil on the order's own page, and once it can't be paid any more.
    init?(_ waiting: WaitingOrder, links: OrderLinks, path: String, zone: VenueZone, now: Timestamp) {
        guard waiting.isPayable(now), !path.hasPrefix("/orders/\(waiting.order.id)") else { return nil }
        waitingHref = links.path(for: waiting.order.id)
        let until = waiting.order.holdExpiresAt.map { ", held until \(zone.clockTime($0))" } ?? ""
        waitingWords = "Your order waits for its payment\(until)."
    }
}

/// Where the pages of the customer site are, for linking.
enum Paths {
    static let home = "/"
    static let menu = "/menu"
    static let cart = "/cart"
    static let checkout = "/checkout"
    static let orders = "/api/orders"

    static func item(_ id: String) -> String { "/menu/\(id)" }
    static func order(_ id: String, token: String) -> String { "/orders/\(id)?token=\(token)" }
    static func receipt(_ id: String, token: String) -> String { "/orders/\(id)/receipt?token=\(token)" }
    static func letGo(_ id: String) -> String { "/orders/\(id)/let-go" }
    static func reorder(_ id: String) -> String { "/orders/\(id)/reorder" }
    static func stream(_ orderID: String, token: String) -> String { "/api/orders/\(orderID)/stream?token=\(token)" }
    static func orderAnswer(_ orderID: String, token: String) -> String { "/api/orders/\(orderID)?token=\(token)" }
}
