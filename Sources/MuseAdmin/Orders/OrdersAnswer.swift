import MuseShared

/// One page of orders for a program.
struct OrdersAnswer: Encodable {
    struct Entry: Encodable {
        let id: String
        let number: Int64?
        let status: OrderStatus
        let businessDate: String?
        let name: String
        let what: String
        let totalMinor: Int64
        let currency: String
        let placedAt: Timestamp
        let paidAt: Timestamp?
        let promisedAt: Timestamp?

        init(_ order: Order) {
            id = order.id
            number = order.number
            status = order.status
            businessDate = order.businessDate
            name = order.contact.name
            what = StaffWords.summary(order.derivation.lines)
            totalMinor = order.totals.totalMinor
            currency = order.derivation.currency
            placedAt = order.placedAt
            paidAt = order.paidAt
            promisedAt = order.promisedAt
        }
    }

    let orders: [Entry]
    /// For `?cursor=`; absent on the last page.
    let next: String?

    /// - Parameter page: one more than a page holds, if there are older ones.
    init(page: [Order]) {
        let shown = page.prefix(OrdersFilter.pageSize)
        orders = shown.map(Entry.init)
        let hasMore = page.count > OrdersFilter.pageSize
        next = hasMore ? shown.last.map { OrderRepository.Cursor(placedAt: $0.placedAt, id: $0.id).text } : nil
    }

    init(open tickets: [BoardRepository.Ticket]) {
        orders = tickets.map { Entry($0.order) }
        next = nil
    }
}
