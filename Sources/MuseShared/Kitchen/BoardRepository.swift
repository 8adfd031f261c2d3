/// Reads what the kitchen works on: paid, preparing and ready orders, oldest first.
public struct BoardRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    public struct Ticket: Sendable {
        public let order: Order
        public let lines: [OrderLine]
        /// What has gone back to the guest, or is on its way.
        public let returnedMinor: Int64

        public init(order: Order, lines: [OrderLine], returnedMinor: Int64 = 0) {
            self.order = order
            self.lines = lines
            self.returnedMinor = returnedMinor
        }

        /// For the kitchen: it may be that nobody waits for this any more. Nil if nothing went back.
        public var returnedWords: String? {
            guard returnedMinor > 0 else { return nil }
            guard returnedMinor < order.totals.totalMinor else { return "Refunded in full: ask before making it" }
            let currency = Currency(code: order.derivation.currency) ?? .usd
            return "\(Money(minor: returnedMinor, currency: currency).formatted) refunded"
        }

        /// In the order of payment.
        fileprivate var place: (Timestamp, String) { (order.paidAt ?? order.placedAt, order.id) }
    }

    /// One look at the kitchen.
    public struct Board: Sendable {
        /// The version of `orders` that this is.
        public let version: Int64
        /// Open orders, oldest first.
        public let open: [Ticket]
        /// What was handed over last, the latest first.
        public let completed: [Ticket]
    }

    /// More orders to make than this no screen can show; the oldest come first.
    static let limit = 300
    /// What is ready and nobody fetched stays until somebody clears it, but never in the way of what is to be made.
    static let readyLimit = 100
    /// As many as one can remember having handed over.
    private static let recalled = 12
    private static let recalledMilliseconds: Int64 = 12 * 3_600_000

    public func open() throws -> [Ticket] {
        try database.read { try Self.open(in: $0) }
    }

    /// All of it in one snapshot.
    public func board() throws -> Board {
        try database.read { transaction in
            Board(
                version: try CacheVersionRepository.current(.orders, in: transaction),
                open: try Self.open(in: transaction), completed: try Self.completed(in: transaction))
        }
    }

    private static func open(in transaction: Transaction) throws -> [Ticket] {
        let toMake = try tickets(
            """
            SELECT * FROM orders WHERE status IN ('paid', 'preparing') ORDER BY paid_at_ms, id LIMIT \(limit)
            """, in: transaction)
        let ready = try tickets(
            """
            SELECT * FROM orders WHERE status = 'ready' ORDER BY changed_at_ms DESC, id LIMIT \(readyLimit)
            """, in: transaction)
        return (toMake + ready).sorted { $0.place < $1.place }
    }

    /// Of today: a refund of last week's order does not bring it back here.
    private static func completed(in transaction: Transaction) throws -> [Ticket] {
        let since = transaction.now.adding(milliseconds: -recalledMilliseconds)
        return try tickets(
            """
            SELECT * FROM orders WHERE status = 'completed' AND changed_at_ms > \(since) AND paid_at_ms > \(since)
            ORDER BY changed_at_ms DESC LIMIT \(recalled)
            """, in: transaction)
    }

    private static func tickets(_ sql: SQL, in transaction: Transaction) throws -> [Ticket] {
        let orders = try transaction.rows(sql).map(OrderRepository.order)
        let lines = try OrderRepository.lines(of: orders.map(\.id), in: transaction)
        let returned = try returned(of: orders.map(\.id), in: transaction)
        return orders.map { Ticket(order: $0, lines: lines[$0.id] ?? [], returnedMinor: returned[$0.id] ?? 0) }
    }

    private static func returned(of ids: [String], in transaction: Transaction) throws -> [String: Int64] {
        let rows = try transaction.rows(
            """
            SELECT order_id, SUM(amount_minor) AS minor FROM refunds
            WHERE order_id IN \(ids) AND state <> 'failed' GROUP BY order_id
            """)
        return try rows.reduce(into: [:]) { sums, row in sums[try row.text("order_id")] = try row.int("minor") }
    }
}
