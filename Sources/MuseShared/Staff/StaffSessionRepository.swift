/// The signed-in browsers. A session ends after twelve hours without use, after seven days, when it is signed out,
/// and when its owner is removed: all of it on the very next request, in every process.
public struct StaffSessionRepository: Sendable {
    private let database: Database

    static let idleSeconds: Int64 = 12 * 3600
    public static let longestSeconds: Int64 = 7 * 86_400
    /// Use is noted this often: a write for every request would be a sync of the disk for every request.
    static let noteEverySeconds: Int64 = 300

    public init(database: Database) {
        self.database = database
    }

    /// The session of a cookie's token, if it still counts.
    public func session(_ token: Token) throws -> StaffSession? {
        let now = database.clock.now()
        return try database.first(
            """
            SELECT s.id, s.email, s.name, s.role, t.token_hash, t.last_seen_at_ms
            FROM staff_sessions t JOIN staff s ON s.id = t.staff_id
            WHERE t.token_hash = \(token.hash) AND t.expires_at_ms > \(now)
              AND t.last_seen_at_ms > \(now.adding(seconds: -Self.idleSeconds)) AND s.removed_at_ms IS NULL
            """
        ).map { row in
            StaffSession(
                staff: try StaffRepository.member(row), tokenHash: try row.text("token_hash"),
                lastSeenAt: try row.time("last_seen_at_ms"))
        }
    }

    /// Keeps a session in use from ending; writes only now and then.
    public func noteUse(of session: StaffSession) async throws {
        let due = session.lastSeenAt.adding(seconds: Self.noteEverySeconds)
        guard database.clock.now() >= due else { return }
        try await database.write { transaction in
            try transaction.execute(
                """
                UPDATE staff_sessions SET last_seen_at_ms = \(transaction.now)
                WHERE token_hash = \(session.tokenHash) AND last_seen_at_ms < \(transaction.now)
                """)
        }
    }

    /// Signs a browser out.
    public func end(_ token: Token) async throws {
        try await database.write { try Self.end(tokenHash: token.hash, in: $0) }
    }

    static func begin(_ token: Token, of staffID: String, userAgent: String, in transaction: Transaction) throws {
        let stale = transaction.now.adding(seconds: -idleSeconds)
        try transaction.execute(
            "DELETE FROM staff_sessions WHERE expires_at_ms <= \(transaction.now) OR last_seen_at_ms <= \(stale)")
        try transaction.execute(
            """
            INSERT INTO staff_sessions (token_hash, staff_id, user_agent, created_at_ms, last_seen_at_ms, expires_at_ms)
            VALUES (\(token.hash), \(staffID), \(userAgent), \(transaction.now), \(transaction.now),
                    \(transaction.now.adding(seconds: longestSeconds)))
            """)
    }

    static func end(tokenHash: String, in transaction: Transaction) throws {
        try transaction.execute("DELETE FROM staff_sessions WHERE token_hash = \(tokenHash)")
    }
}
