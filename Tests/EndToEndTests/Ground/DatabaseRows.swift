@testable import MuseShared

extension RunningMuse {
    /// The single number `n` of a query.
    func number(_ sql: SQL) throws -> Int64 {
        try database.first(sql)?.int("n") ?? 0
    }

    /// How many rows the tables hold that an order writes to.
    func written() throws -> Written {
        Written(
            orders: try number("SELECT count(*) AS n FROM orders"),
            lines: try number("SELECT count(*) AS n FROM order_lines"),
            checkouts: try number("SELECT count(*) AS n FROM checkout_sessions"),
            payments: try number("SELECT count(*) AS n FROM payments"),
            emails: try number("SELECT count(*) AS n FROM emails"),
            events: try number("SELECT count(*) AS n FROM stripe_events"),
            keys: try number("SELECT count(*) AS n FROM idempotency_keys"),
            soupLeft: try number("SELECT stock_count AS n FROM menu_items WHERE id = 'soup'"))
    }

    func status(of orderID: String) throws -> String {
        try database.first("SELECT status FROM orders WHERE id = \(orderID)")?.text("status") ?? "none"
    }

    func outcome(ofEvent id: String) throws -> String {
        try database.first("SELECT outcome FROM stripe_events WHERE id = \(id)")?.text("outcome") ?? "none"
    }
}

/// Everything that may move when an order does: compared as one value, so that nothing moves unseen.
struct Written: Equatable, Sendable {
    var orders: Int64 = 0
    var lines: Int64 = 0
    var checkouts: Int64 = 0
    var payments: Int64 = 0
    var emails: Int64 = 0
    var events: Int64 = 0
    var keys: Int64 = 0
    var soupLeft: Int64 = 3
}
