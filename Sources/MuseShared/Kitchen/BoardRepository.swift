/// Reads what the kitchen works on: paid, preparing and ready orders, oldest first, by a partial index.
public struct BoardRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    public struct Ticket: Sendable {
        public let order: Order
        public let lines: [OrderLine]
    }

    /// More open orders than this no screen can show; the oldest come first.
    public static let limit = 300

    public func open() throws -> [Ticket] {
        try database.read { transaction in
            let orders = try transaction.rows(
                """
                SELECT * FROM orders WHERE status IN ('paid', 'preparing', 'ready')
                ORDER BY paid_at_ms, id LIMIT \(Self.limit)
                """
            ).map(OrderRepository.order)
            let lines = try OrderRepository.lines(of: orders.map(\.id), in: transaction)
            return orders.map { Ticket(order: $0, lines: lines[$0.id] ?? []) }
        }
    }
}
