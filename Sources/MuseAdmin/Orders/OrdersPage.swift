import MuseShared

/// The list of orders, the newest first.
struct OrdersPage: Page {
    static let template = "orders/orders-page"

    struct Status: Encodable, Sendable {
        let value: String
        let label: String
        let isChosen: Bool
    }

    struct Row: Encodable, Sendable {
        let href: String
        let number: String?
        let stateWord: String
        let tone: String
        let guest: String
        let total: String
        let what: String
        let placed: String
    }

    struct Content {
        let filter: OrdersFilter
        /// One more than fits, if there are older ones.
        let orders: [Order]
        let figures: DayFigures
        let venue: Venue
        let now: Timestamp
    }

    let title = "Orders"
    let staff: StaffFrame
    let summary: String
    let qValue: String
    let dayValue: String
    let statuses: [Status]
    let needsRefund: Bool
    let isFiltered: Bool
    let hasOrders: Bool
    let orders: [Row]
    let olderHref: String?

    init(_ content: Content, staff: StaffFrame) {
        let venue = content.venue
        let filter = content.filter
        self.staff = staff
        let taken = Money(minor: content.figures.totalMinor, currency: venue.currency).formatted
        summary = "Today: \(content.figures.orders) \(content.figures.orders == 1 ? "order" : "orders"), \(taken)"
        qValue = filter.query
        dayValue = filter.day
        statuses =
            [Status(value: "", label: "All", isChosen: filter.status == nil)]
            + OrderStatus.allCases.map {
                Status(value: $0.rawValue, label: StaffWords.state($0), isChosen: $0 == filter.status)
            }
        needsRefund = filter.needsRefund
        isFiltered = filter.isFiltered
        let shown = content.orders.prefix(OrdersFilter.pageSize)
        orders = shown.map { Row($0, zone: venue.timeZone, now: content.now) }
        hasOrders = !shown.isEmpty
        let hasMore = content.orders.count > OrdersFilter.pageSize
        olderHref = hasMore ? shown.last.map(filter.older) : nil
    }
}

extension OrdersPage.Row {
    init(_ order: Order, zone: VenueZone, now: Timestamp) {
        let currency = Currency(code: order.derivation.currency) ?? .usd
        let isToday = zone.businessDate(of: order.placedAt) == zone.businessDate(of: now)
        self.init(
            href: Paths.order(order.id), number: order.number.map(String.init),
            stateWord: StaffWords.state(order.status), tone: StaffWords.tone(order.status), guest: order.contact.name,
            total: Money(minor: order.totals.totalMinor, currency: currency).formatted,
            what: StaffWords.summary(order.derivation.lines),
            placed: isToday ? zone.clockTime(order.placedAt) : zone.dayAndTime(order.placedAt))
    }
}
