import Hummingbird
import MuseShared

/// What the list of orders is narrowed to, as the address says it.
struct OrdersFilter: Sendable {
    static let pageSize = 50

    let status: OrderStatus?
    let day: String
    let query: String
    /// `?refund=failed`: only orders with a refund that failed and was not made good.
    let needsRefund: Bool
    private let cursor: OrderRepository.Cursor?

    /// - Throws: 422 for a state, day or place in the list that can't be.
    init(_ request: Request) throws {
        let fields = request.uri.queryParameters
        let statusText = fields.get("status") ?? ""
        status = OrderStatus(rawValue: statusText)
        guard statusText.isEmpty || status != nil else { throw Problem.invalid("status", "There is no such state.") }
        day = fields.get("day") ?? ""
        guard day.isEmpty || day.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil else {
            throw Problem.invalid("day", "A day is written like 2026-11-23.")
        }
        // A browser sends the space between two names as a plus, which only a form's own reading takes for one.
        let typed = try FormFields(text: request.uri.query ?? "").first("q") ?? ""
        query = try PlainText.clean(typed, field: "q", maximum: 100)
        needsRefund = fields.get("refund") == "failed"
        let place = fields.get("cursor") ?? ""
        cursor = OrderRepository.Cursor(text: place)
        guard place.isEmpty || cursor != nil else { throw Problem.invalid("cursor", "This place in the list is gone.") }
    }

    var filter: OrderRepository.Filter {
        var filter = OrderRepository.Filter(
            status: status, day: day.isEmpty ? nil : day, query: query.isEmpty ? nil : query, before: cursor)
        filter.needsRefund = needsRefund
        return filter
    }

    var isFiltered: Bool { status != nil || !day.isEmpty || !query.isEmpty || needsRefund }

    /// The address of the page after the one that ends with `order`.
    func older(than order: Order) -> String {
        let cursor = OrderRepository.Cursor(placedAt: order.placedAt, id: order.id)
        var pairs: [(String, String)] = []
        if !query.isEmpty { pairs.append(("q", query)) }
        if let status { pairs.append(("status", status.rawValue)) }
        if !day.isEmpty { pairs.append(("day", day)) }
        if needsRefund { pairs.append(("refund", "failed")) }
        pairs.append(("cursor", cursor.text))
        return Paths.orders + "?" + FormText.encode(pairs)
    }
}
