/// What a cache can be of. A version moves inside the transaction of the write that it announces,
/// so a reader that saw the old version cannot have missed the new content.
public enum CacheName: String, Sendable, CaseIterable {
    case menu, menuDraft, orders, emails, events, venue
}

/// The versions that tell both services when to read again. The other process cannot be observed, so it is asked.
public struct CacheVersionRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// The version now committed, asked on every load: from the database, unless no process has committed anything
    /// since it was read last.
    public func current(_ name: CacheName) throws -> Int64 {
        guard let mark = database.commitMark else { return try read(name) }
        if let known = database.knownVersions.version(of: name, at: mark) { return known }
        let version = try read(name)
        database.knownVersions.keep(version, of: name, readAfter: mark)
        return version
    }

    private func read(_ name: CacheName) throws -> Int64 {
        try database.first(Self.query(name))?.int("version") ?? 0
    }

    /// Every version, by name.
    public func all() throws -> [String: Int64] {
        try database.read { transaction in
            var versions: [String: Int64] = [:]
            for row in try transaction.rows("SELECT name, version FROM cache_versions") {
                versions[try row.text("name")] = try row.int("version")
            }
            return versions
        }
    }

    /// The version in this transaction's snapshot.
    static func current(_ name: CacheName, in transaction: Transaction) throws -> Int64 {
        try transaction.first(query(name))?.int("version") ?? 0
    }

    /// Announces a change of what the cache holds.
    static func bump(_ name: CacheName, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO cache_versions (name, version, updated_at_ms) VALUES (\(name.rawValue), 1, \(transaction.now))
            ON CONFLICT (name) DO UPDATE SET version = version + 1, updated_at_ms = excluded.updated_at_ms
            """)
    }

    private static func query(_ name: CacheName) -> SQL {
        "SELECT version FROM cache_versions WHERE name = \(name.rawValue)"
    }
}
