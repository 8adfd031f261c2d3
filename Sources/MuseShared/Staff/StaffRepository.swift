/// Reads and writes the accounts of the staff.
struct StaffRepository: Sendable {
    let database: Database

    struct Account: Sendable {
        let member: StaffMember
        let password: PasswordHash?
    }

    /// The account of an address, unless it was removed.
    func account(_ address: StaffAddress) throws -> Account? {
        try database.first(
            "SELECT id, email, name, role, password_hash FROM staff WHERE email = \(address.text) AND removed_at_ms IS NULL"
        ).map { row in
            Account(member: try Self.member(row), password: PasswordHash(text: try row.text("password_hash")))
        }
    }

    static func insert(_ member: StaffMember, password: PasswordHash, in transaction: Transaction) throws -> Bool {
        let added = try transaction.execute(
            """
            INSERT INTO staff (id, email, name, role, password_hash, created_at_ms)
            VALUES (\(member.id), \(member.email), \(member.name), \(member.role.rawValue), \(password.text),
                    \(transaction.now))
            ON CONFLICT (email) DO NOTHING
            """)
        return added == 1
    }

    /// Whether the account is still there with the password that was just checked.
    static func stillHas(_ password: PasswordHash, id: String, in transaction: Transaction) throws -> Bool {
        try transaction.first(
            """
            SELECT 1 AS found FROM staff
            WHERE id = \(id) AND password_hash = \(password.text) AND removed_at_ms IS NULL
            """) != nil
    }

    static func member(_ row: Row) throws -> StaffMember {
        guard let role = StaffRole(rawValue: try row.text("role")) else {
            throw RowError(column: "role", wanted: "a known role")
        }
        return StaffMember(id: try row.text("id"), email: try row.text("email"), name: try row.text("name"), role: role)
    }
}
