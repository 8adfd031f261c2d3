/// Every menu there has been: who changed what and when, and how to get back.
public struct MenuVersionRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// The newest first.
    public func latest(_ count: Int, before number: Int64 = .max) throws -> [MenuVersion] {
        try database.read { transaction in
            try transaction.rows(
                """
                SELECT v.*, s.name AS author FROM menu_versions v LEFT JOIN staff s ON s.id = v.staff_id
                WHERE v.number < \(number) ORDER BY v.number DESC LIMIT \(count)
                """
            ).map(Self.version)
        }
    }

    public func version(_ number: Int64) throws -> MenuVersion? {
        try database.first(
            """
            SELECT v.*, s.name AS author FROM menu_versions v LEFT JOIN staff s ON s.id = v.staff_id
            WHERE v.number = \(number)
            """
        ).map(Self.version)
    }

    /// A version between the menu before it and the menu after it, beside the live one.
    public struct Look: Sendable {
        /// Nil: the menu before the first version.
        public let version: MenuVersion?
        public let before: EditedMenu
        public let after: EditedMenu
        public let live: EditedMenu
    }

    /// Nil if there is no version of this number; 0 is the menu before the first.
    public func look(at number: Int64) throws -> Look? {
        let version = try version(number)
        guard version != nil || number == 0 else { return nil }
        return try database.read { transaction in
            let live = try MenuContentRepository.live(in: transaction)
            let after = try Self.content(at: number, live: live, in: transaction)
            return Look(
                version: version, before: version.map { after.applying($0.changes.reversed) } ?? after, after: after,
                live: live)
        }
    }

    /// The newest number; 0 before the first.
    static func current(in transaction: Transaction) throws -> Int64 {
        try transaction.first("SELECT COALESCE(MAX(number), 0) AS n FROM menu_versions")?.int("n") ?? 0
    }

    /// The menu as it was right after the version of this number: what came later is undone, the newest first.
    static func content(at number: Int64, live: EditedMenu, in transaction: Transaction) throws -> EditedMenu {
        let later = try transaction.rows(
            "SELECT changes FROM menu_versions WHERE number > \(number) ORDER BY number DESC")
        return try later.reduce(live) { menu, row in
            menu.applying(try row.json("changes", as: MenuChanges.self).reversed)
        }
    }

    struct Entry {
        let kind: MenuVersion.Kind
        var revertedTo: Int64?
        let changes: MenuChanges
        let staffID: String
    }

    /// Appends a version; `menu` has moved already. Returns its number.
    @discardableResult
    static func record(_ entry: Entry, in transaction: Transaction) throws -> Int64 {
        let number = try current(in: transaction) + 1
        try transaction.execute(
            """
            INSERT INTO menu_versions (number, at_ms, staff_id, kind, reverted_to, menu_version, changes)
            VALUES (\(number), \(transaction.now), \(entry.staffID), \(entry.kind.rawValue), \(entry.revertedTo),
                    \(try CacheVersionRepository.current(.menu, in: transaction)),
                    \(try JSONText.encode(entry.changes)))
            """)
        return number
    }

    private static func version(_ row: Row) throws -> MenuVersion {
        MenuVersion(
            number: try row.int("number"), at: try row.time("at_ms"), author: try row.optionalText("author"),
            kind: MenuVersion.Kind(rawValue: try row.text("kind")) ?? .changed,
            revertedTo: try row.optionalInt("reverted_to"), menuVersion: try row.int("menu_version"),
            changes: try row.json("changes"))
    }
}

/// One menu of the past, told by what made it different from the one before.
public struct MenuVersion: Sendable {
    public enum Kind: String, Sendable, Codable {
        /// The draft went live.
        case published
        /// Somebody changed something live.
        case changed
        case reverted
    }

    public let number: Int64
    public let at: Timestamp
    public let author: String?
    public let kind: Kind
    public let revertedTo: Int64?
    /// The first cache version of the menu that has it.
    public let menuVersion: Int64
    public let changes: MenuChanges
}
