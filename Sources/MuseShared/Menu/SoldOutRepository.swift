/// Reads and writes the sold-out marks of items and options.
public struct SoldOutRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// What can be marked.
    public enum Subject: Sendable, Hashable {
        case item(String)
        case option(String)

        public var id: String {
            switch self {
            case .item(let id), .option(let id): id
            }
        }
    }

    /// How something is marked now.
    struct Mark: Sendable {
        let name: String
        let availability: ItemAvailability
        /// Nil: not counted.
        let stockCount: Int64?
    }

    /// Nil if there is no such item or option. A mark whose time has passed is none.
    static func mark(of subject: Subject, in transaction: Transaction) throws -> Mark? {
        let query: SQL =
            switch subject {
            case .item(let id):
                """
                SELECT name, is_sold_out, sold_out_until_ms, stock_count FROM menu_items
                WHERE id = \(id) AND archived_at_ms IS NULL
                """
            case .option(let id):
                """
                SELECT name, is_sold_out, sold_out_until_ms, NULL AS stock_count FROM modifier_options WHERE id = \(id)
                """
            }
        guard let row = try transaction.first(query) else { return nil }
        let until = try row.optionalTime("sold_out_until_ms")
        let isBack = until.map { $0 <= transaction.now } ?? false
        let isMarked = try row.bool("is_sold_out") && !isBack
        return Mark(
            name: try row.text("name"), availability: isMarked ? .soldOut(until: until) : .onMenu,
            stockCount: try row.optionalInt("stock_count"))
    }

    /// Writes the mark and moves `menu`.
    static func set(_ availability: ItemAvailability, of subject: Subject, in transaction: Transaction) throws {
        switch subject {
        case .item(let id):
            try transaction.execute(
                """
                UPDATE menu_items SET is_sold_out = \(!availability.isOnMenu),
                  sold_out_until_ms = \(availability.returnsAt)
                WHERE id = \(id)
                """)
        case .option(let id):
            try transaction.execute(
                """
                UPDATE modifier_options SET is_sold_out = \(!availability.isOnMenu),
                  sold_out_until_ms = \(availability.returnsAt)
                WHERE id = \(id)
                """)
        }
        try CacheVersionRepository.bump(.menu, in: transaction)
    }
}
