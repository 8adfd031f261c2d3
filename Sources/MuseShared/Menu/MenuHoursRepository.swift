/// Reads and writes the hours of categories and items.
public struct MenuHoursRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// A category or an item with its hours, for their editor.
    public struct Editing: Sendable {
        public let owner: MenuHoursOwner
        public let name: String
        public let hours: MenuHours
    }

    /// Nil if there is no such category or item.
    public func editing(_ owner: MenuHoursOwner) throws -> Editing? {
        try database.read { transaction in
            guard let name = try Self.name(of: owner, in: transaction) else { return nil }
            return Editing(owner: owner, name: name, hours: try Self.hours(of: owner, in: transaction))
        }
    }

    static func name(of owner: MenuHoursOwner, in transaction: Transaction) throws -> String? {
        let query: SQL =
            switch owner {
            case .category(let id):
                "SELECT name FROM menu_categories WHERE id = \(id) AND archived_at_ms IS NULL"
            case .item(let id):
                "SELECT name FROM menu_items WHERE id = \(id) AND archived_at_ms IS NULL"
            }
        return try transaction.first(query)?.text("name")
    }

    static func hours(of owner: MenuHoursOwner, in transaction: Transaction) throws -> MenuHours {
        try all(in: transaction)[owner] ?? .always
    }

    /// Everybody's hours: two queries for the whole menu.
    static func all(in transaction: Transaction) throws -> [MenuHoursOwner: MenuHours] {
        var hours: [MenuHoursOwner: MenuHours] = [:]
        for row in try transaction.rows("SELECT * FROM menu_hours ORDER BY weekday, opens_minute") {
            guard let owner = try owner(row) else { continue }
            hours[owner, default: .always].windows.append(
                OpeningHours(
                    weekday: Int(try row.int("weekday")), opens: Int(try row.int("opens_minute")),
                    closes: Int(try row.int("closes_minute"))))
        }
        for row in try transaction.rows("SELECT * FROM menu_hour_exceptions ORDER BY on_date, opens_minute") {
            let dated = DatedHours(
                date: try row.text("on_date"), opens: try row.optionalInt("opens_minute").map { Int($0) },
                closes: try row.optionalInt("closes_minute").map { Int($0) })
            guard let owner = try owner(row), let dated else { continue }
            hours[owner, default: .always].exceptions.append(dated)
        }
        return hours
    }

    private static func owner(_ row: Row) throws -> MenuHoursOwner? {
        if let id = try row.optionalText("item_id") { return .item(id) }
        return try row.optionalText("category_id").map(MenuHoursOwner.category)
    }

    /// Replaces the hours and moves `menu`.
    static func save(
        _ hours: MenuHours, of owner: MenuHoursOwner, ids: IDSource, in transaction: Transaction
    ) throws {
        try remove(owner, in: transaction)
        for window in hours.windows {
            try transaction.execute(
                """
                INSERT INTO menu_hours (id, category_id, item_id, weekday, opens_minute, closes_minute)
                VALUES (\(ids.next()), \(owner.categoryID), \(owner.itemID), \(Int64(window.weekday)),
                        \(Int64(window.opens)), \(Int64(window.closes)))
                """)
        }
        for exception in hours.exceptions {
            try transaction.execute(
                """
                INSERT INTO menu_hour_exceptions (id, category_id, item_id, on_date, opens_minute, closes_minute)
                VALUES (\(ids.next()), \(owner.categoryID), \(owner.itemID), \(exception.day.text),
                        \(exception.hours.map { Int64($0.opens) }), \(exception.hours.map { Int64($0.closes) }))
                """)
        }
        try CacheVersionRepository.bump(.menu, in: transaction)
    }

    private static func remove(_ owner: MenuHoursOwner, in transaction: Transaction) throws {
        switch owner {
        case .category(let id):
            try transaction.execute("DELETE FROM menu_hours WHERE category_id = \(id)")
            try transaction.execute("DELETE FROM menu_hour_exceptions WHERE category_id = \(id)")
        case .item(let id):
            try transaction.execute("DELETE FROM menu_hours WHERE item_id = \(id)")
            try transaction.execute("DELETE FROM menu_hour_exceptions WHERE item_id = \(id)")
        }
    }
}
