/// Uses of promo codes: taken by the write that places an order, given back when its hold ends.
public struct PromoUseRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// One order that holds, has used, or has given back a code.
    public struct Use: Sendable {
        public let orderID: String
        public let orderNumber: Int64?
        public let status: OrderStatus
        public let discountMinor: Int64
        public let claimedAt: Timestamp
        public let releasedAt: Timestamp?
    }

    /// The newest uses of a code.
    public func uses(of promoID: String, limit: Int) throws -> [Use] {
        try database.read { transaction in
            try transaction.rows(
                """
                SELECT u.*, o.number, o.status FROM promo_code_uses u JOIN orders o ON o.id = u.order_id
                WHERE u.promo_code_id = \(promoID) ORDER BY u.claimed_at_ms DESC LIMIT \(limit)
                """
            ).map { row in
                Use(
                    orderID: try row.text("order_id"), orderNumber: try row.optionalInt("number"),
                    status: OrderStatus(rawValue: try row.text("status")) ?? .expired,
                    discountMinor: try row.int("discount_minor"), claimedAt: try row.time("claimed_at_ms"),
                    releasedAt: try row.optionalTime("released_at_ms"))
            }
        }
    }

    struct Claim: Sendable {
        let promo: PromoCode
        let orderID: String
        let person: PromoPerson
        let discountMinor: Int64
    }

    /// Staff changed the code since the order was priced: price again.
    struct Moved: Error {}

    /// Takes one use: the database decides who gets the last one, not what was read before.
    ///
    /// The update comes first: it holds the code's row, so that nobody counts a person's uses beside us.
    ///
    /// - Throws: ``PromoRefusal`` or ``Moved``, inside the write, so that all the order had claimed is undone.
    static func claim(_ claim: Claim, in transaction: Transaction) throws {
        let promo = claim.promo
        let won = try transaction.execute(
            """
            UPDATE promo_codes SET use_count = use_count + 1
            WHERE id = \(promo.id) AND revision = \(promo.revision) AND (max_uses IS NULL OR use_count < max_uses)
            """)
        guard won == 1 else {
            let row = try transaction.first("SELECT revision FROM promo_codes WHERE id = \(promo.id)")
            guard try row?.int("revision") == promo.revision else { throw Moved() }
            throw PromoRefusal.usedUp
        }
        if let most = promo.terms.maxUsesPerPerson,
            try uses(of: promo.id, by: claim.person, in: transaction) >= most
        {
            throw PromoRefusal.usedByYou(times: most)
        }
        try transaction.execute(
            """
            INSERT INTO promo_code_uses (order_id, promo_code_id, person_hash, discount_minor, claimed_at_ms)
            VALUES (\(claim.orderID), \(promo.id), \(claim.person.hash), \(claim.discountMinor), \(transaction.now))
            """)
    }

    static func uses(of promoID: String, by person: PromoPerson, in transaction: Transaction) throws -> Int64 {
        try transaction.first(
            """
            SELECT COUNT(*) AS uses FROM promo_code_uses
            WHERE promo_code_id = \(promoID) AND person_hash = \(person.hash) AND released_at_ms IS NULL
            """
        )?.int("uses") ?? 0
    }

    /// Gives back what an unpaid order had taken; nothing if it had taken none, or gave it back before.
    static func release(orderID: String, in transaction: Transaction) throws {
        let released = try transaction.first(
            """
            UPDATE promo_code_uses SET released_at_ms = \(transaction.now)
            WHERE order_id = \(orderID) AND released_at_ms IS NULL RETURNING promo_code_id
            """)
        guard let promoID = try released?.text("promo_code_id") else { return }
        try transaction.execute("UPDATE promo_codes SET use_count = use_count - 1 WHERE id = \(promoID)")
    }

    /// Takes again what an ended hold gave back, for a payment that came late; false if the limits no longer allow it.
    ///
    /// The code may have ended meanwhile: the guest was told its price while it counted.
    static func reclaim(orderID: String, in transaction: Transaction) throws -> Bool {
        let released = try transaction.first(
            """
            SELECT promo_code_id, person_hash FROM promo_code_uses
            WHERE order_id = \(orderID) AND released_at_ms IS NOT NULL
            """)
        guard let released else { return true }
        let promoID = try released.text("promo_code_id")
        let person = try released.text("person_hash")
        let won = try transaction.execute(
            """
            UPDATE promo_codes SET use_count = use_count + 1
            WHERE id = \(promoID) AND (max_uses IS NULL OR use_count < max_uses)
              AND (max_uses_per_person IS NULL OR max_uses_per_person > (
                SELECT COUNT(*) FROM promo_code_uses
                WHERE promo_code_id = \(promoID) AND person_hash = \(person) AND released_at_ms IS NULL))
            """)
        guard won == 1 else { return false }
        try transaction.execute("UPDATE promo_code_uses SET released_at_ms = NULL WHERE order_id = \(orderID)")
        return true
    }
}
