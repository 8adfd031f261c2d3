import Foundation

/// Reads orders: one by its id with all that belongs to it, many for the staff list.
public struct OrderRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// Everything about one order in one snapshot; nil if there is none of this id.
    public func detail(_ id: String) throws -> OrderDetail? {
        try database.read { try Self.detail(id, in: $0) }
    }

    public func order(_ id: String) throws -> Order? {
        try database.first("SELECT * FROM orders WHERE id = \(id)").map(Self.order)
    }

    /// What the staff list can be narrowed to.
    public struct Filter: Sendable, Equatable {
        public var status: OrderStatus?
        /// Business day as `2026-11-23`.
        public var day: String?
        /// Order number, email address, or the beginning of a name.
        public var query: String?
        /// Only those with a refund that failed and was not made good.
        public var needsRefund = false
        /// The end of the page before: only older orders are listed.
        public var before: Cursor?

        public init(status: OrderStatus? = nil, day: String? = nil, query: String? = nil, before: Cursor? = nil) {
            self.status = status
            self.day = day
            self.query = query
            self.before = before
        }
    }

    /// A place in the list, newest first.
    public struct Cursor: Sendable, Equatable {
        public let placedAt: Timestamp
        public let id: String

        public init(placedAt: Timestamp, id: String) {
            self.placedAt = placedAt
            self.id = id
        }

        /// `1700000000000-abc…`, for a link.
        public var text: String { "\(placedAt.milliseconds)-\(id)" }

        public init?(text: String) {
            let parts = text.split(separator: "-", maxSplits: 1)
            guard parts.count == 2, let time = Int64(parts[0]), IDSource.isPlausible(String(parts[1])) else {
                return nil
            }
            self.init(placedAt: Timestamp(milliseconds: time), id: String(parts[1]))
        }
    }

    /// One page of the list, newest first. Every filter is answered by an index, so its cost does not grow with age.
    public func list(_ filter: Filter, limit: Int) throws -> [Order] {
        try database.read { transaction in
            try transaction.rows(
                "SELECT * FROM orders WHERE 1 = 1" + Self.conditions(filter)
                    + " ORDER BY placed_at_ms DESC, id DESC LIMIT \(limit)"
            ).map(Self.order)
        }
    }

    private static func conditions(_ filter: Filter) -> SQL {
        var sql: SQL = ""
        if let status = filter.status { sql = sql + " AND status = \(status.rawValue)" }
        if let day = filter.day { sql = sql + " AND business_date = \(day)" }
        if let query = filter.query?.lowercased(), !query.isEmpty {
            if let number = Int64(query.trimmingPrefix("#")) {
                sql = sql + " AND number = \(number)"
            } else if query.contains("@") {
                sql = sql + " AND contact_email = \(query)"
            } else {
                sql = sql + " AND search_name >= \(query) AND search_name < \(query + "\u{10FFFF}")"
            }
        }
        if filter.needsRefund {
            sql =
                sql
                + " AND id IN (SELECT order_id FROM refunds WHERE state = 'failed' AND handled_at_ms IS NULL)"
        }
        if let before = filter.before {
            sql = sql + " AND (placed_at_ms, id) < (\(before.placedAt), \(before.id))"
        }
        return sql
    }

    static func order(_ id: String, in transaction: Transaction) throws -> Order? {
        try transaction.first("SELECT * FROM orders WHERE id = \(id)").map(order)
    }

    static func setStatus(_ status: OrderStatus, of id: String, in transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE orders SET status = \(status.rawValue), changed_at_ms = \(transaction.now) WHERE id = \(id)")
    }

    static func detail(_ id: String, in transaction: Transaction) throws -> OrderDetail? {
        guard let order = try order(id, in: transaction) else { return nil }
        return OrderDetail(
            order: order, lines: try lines(of: [id], in: transaction)[id] ?? [],
            events: try events(of: id, in: transaction), refunds: try refunds(of: order, in: transaction),
            disputes: try DisputeRepository.disputes(ofOrder: id, in: transaction))
    }

    /// The lines of several orders by one query.
    static func lines(of ids: [String], in transaction: Transaction) throws -> [String: [OrderLine]] {
        var lines: [String: [OrderLine]] = [:]
        let rows = try transaction.rows(
            "SELECT * FROM order_lines WHERE order_id IN \(ids) ORDER BY order_id, position")
        for row in rows {
            lines[try row.text("order_id"), default: []].append(
                OrderLine(
                    id: try row.text("id"), kind: OrderRequest.Kind(rawValue: try row.text("kind")) ?? .item,
                    subjectID: try row.text("subject_id"), name: try row.text("name"),
                    quantity: try row.int("quantity"), unitPriceMinor: try row.int("unit_price_minor"),
                    options: try row.json("options"), note: try row.text("note"), station: try row.text("station"),
                    doneQuantity: try row.int("done_quantity"), grossMinor: try row.int("gross_minor"),
                    discountMinor: try row.int("discount_minor"),
                    taxMinor: try row.int("tax_minor"), reservedStock: try row.int("reserved_stock")))
        }
        return lines
    }

    private static func events(of id: String, in transaction: Transaction) throws -> [OrderEvent] {
        try transaction.rows(
            """
            SELECT e.at_ms, e.kind, e.actor, e.detail, s.name AS staff_name
            FROM order_events e LEFT JOIN staff s ON s.id = e.staff_id
            WHERE e.order_id = \(id) ORDER BY e.position
            """
        ).map { row in
            OrderEvent(
                at: try row.time("at_ms"), kind: try row.text("kind"),
                actor: OrderEvent.Actor(rawValue: try row.text("actor")) ?? .system,
                staffName: try row.optionalText("staff_name"),
                // Another kind of detail than words is somebody else's to read.
                detail: (try? row.json("detail")) ?? [:])
        }
    }

    private static func refunds(of order: Order, in transaction: Transaction) throws -> [OrderRefund] {
        let rows = try transaction.rows("SELECT * FROM refunds WHERE order_id = \(order.id) ORDER BY created_at_ms")
        guard !rows.isEmpty else { return [] }
        let portions = try RefundLineRepository.names(ofOrder: order.id, in: transaction)
        let parts = try RefundPartRepository.parts(ofOrder: order.id, order.derivation, in: transaction)
        return try rows.map { row in
            let id = try row.text("id")
            return OrderRefund(
                id: id, amountMinor: try row.int("amount_minor"), reason: try row.text("reason"),
                state: try row.text("state"), createdAt: try row.time("created_at_ms"),
                isFromStripe: try row.text("origin") == "stripe", failure: try row.optionalText("failure"),
                isHandled: try row.optionalInt("handled_at_ms") != nil,
                portions: portions[id] ?? [], tipMinor: try row.int("tip_minor"), parts: parts[id])
        }
    }

    static func order(_ row: Row) throws -> Order {
        guard let status = OrderStatus(rawValue: try row.text("status")) else {
            throw RowError(column: "status", wanted: "a known status")
        }
        return Order(
            id: try row.text("id"), number: try row.optionalInt("number"),
            businessDate: try row.optionalText("business_date"), status: status,
            fulfilment: try row.optionalText("fulfilment").flatMap(Fulfilment.init),
            wantedAt: try row.optionalTime("wanted_at_ms"), promisedAt: try row.optionalTime("promised_at_ms"),
            table: try row.optionalText("table_name"),
            contact: OrderRequest.Contact(
                name: try row.text("contact_name"), email: try row.text("contact_email"),
                phone: try row.optionalText("contact_phone")),
            note: try row.text("note"), derivation: try row.json("derivation"),
            menuVersion: try row.int("menu_version"), tokenHash: try row.text("token_hash"),
            holdExpiresAt: try row.optionalTime("hold_expires_at_ms"), placedAt: try row.time("placed_at_ms"),
            paidAt: try row.optionalTime("paid_at_ms"), changedAt: try row.time("changed_at_ms"))
    }
}
