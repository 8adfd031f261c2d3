/// Reads and writes the tables.
public struct DiningTableRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// By area and name.
    public func all() throws -> [DiningTable] {
        try database.read { transaction in
            try transaction.rows(
                "SELECT * FROM dining_tables WHERE archived_at_ms IS NULL ORDER BY area, length(name), name"
            ).map(Self.table)
        }
    }

    /// Whether there are tables, and none of this name.
    public func isUnknown(_ name: String) throws -> Bool {
        try database.read { transaction in
            guard try !Self.isNameTaken(name, in: transaction) else { return false }
            return try transaction.first("SELECT id FROM dining_tables WHERE archived_at_ms IS NULL LIMIT 1") != nil
        }
    }

    /// The table of a link; nil for codes that were rotated away or never were.
    public func table(code: String) throws -> DiningTable? {
        guard DiningTable.isPlausible(code) else { return nil }
        return try database.first(
            "SELECT * FROM dining_tables WHERE code = \(code) AND archived_at_ms IS NULL"
        ).map(Self.table)
    }

    static func table(_ id: String, in transaction: Transaction) throws -> DiningTable? {
        try transaction.first(
            "SELECT * FROM dining_tables WHERE id = \(id) AND archived_at_ms IS NULL"
        ).map(table)
    }

    static func isNameTaken(_ name: String, in transaction: Transaction) throws -> Bool {
        try transaction.first("SELECT id FROM dining_tables WHERE name = \(name) AND archived_at_ms IS NULL") != nil
    }

    static func insert(_ table: DiningTable, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO dining_tables (id, name, area, code, code_made_at_ms)
            VALUES (\(table.id), \(table.name), \(table.area), \(table.code), \(transaction.now))
            """)
    }

    static func rotate(_ id: String, to code: String, in transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE dining_tables SET code = \(code), code_made_at_ms = \(transaction.now) WHERE id = \(id)")
    }

    static func archive(_ id: String, in transaction: Transaction) throws {
        try transaction.execute("UPDATE dining_tables SET archived_at_ms = \(transaction.now) WHERE id = \(id)")
    }

    private static func table(_ row: Row) throws -> DiningTable {
        DiningTable(
            id: try row.text("id"), name: try row.text("name"), area: try row.text("area"), code: try row.text("code"))
    }
}
