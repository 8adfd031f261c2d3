/// Reads promo codes, and writes what staff decide of them.
public struct PromoCodeRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// What is known of a code that somebody typed; `email` tells how often that person has used it.
    public func candidate(_ typed: String, email: String?) throws -> PromoCandidate {
        let code = PromoCode.normalized(typed)
        return try database.read { transaction in
            let row = try transaction.first("SELECT * FROM promo_codes WHERE code = \(code)")
            guard let promo = try row.map({ try Self.promo($0, in: transaction) }) else {
                return PromoCandidate(typed: code, promo: nil, usesByPerson: nil)
            }
            let uses = try email.map {
                try PromoUseRepository.uses(of: promo.id, by: PromoPerson(email: $0), in: transaction)
            }
            return PromoCandidate(typed: code, promo: promo, usesByPerson: uses)
        }
    }

    public func promo(_ id: String) throws -> PromoCode? {
        try database.read { try Self.promo(id, in: $0) }
    }

    /// All of them: what counts now first, then by code.
    public func all() throws -> [PromoCode] {
        try database.read { transaction in
            let subjects = try transaction.rows(
                "SELECT promo_code_id, kind, subject_id FROM promo_code_subjects ORDER BY promo_code_id, subject_id")
            let byCode = Dictionary(grouping: subjects) { (try? $0.text("promo_code_id")) ?? "" }
            return try transaction.rows("SELECT * FROM promo_codes ORDER BY is_active DESC, code").map { row in
                try Self.promo(row, subjects: byCode[try row.text("id")] ?? [])
            }
        }
    }

    static func promo(_ id: String, in transaction: Transaction) throws -> PromoCode? {
        try transaction.first("SELECT * FROM promo_codes WHERE id = \(id)").map { try promo($0, in: transaction) }
    }

    static func isTaken(_ code: String, except id: String?, in transaction: Transaction) throws -> Bool {
        try transaction.first("SELECT id FROM promo_codes WHERE code = \(code) AND id <> \(id ?? "")") != nil
    }

    /// What a code shall be for and is not on the menu; what is archived counts as there.
    static func unknownSubjects(
        of terms: PromoCode.Terms, in transaction: Transaction
    ) throws -> (categories: Set<String>, items: Set<String>) {
        let categories = try transaction.rows("SELECT id FROM menu_categories WHERE id IN \(terms.categoryIDs)")
        let items = try transaction.rows("SELECT id FROM menu_items WHERE id IN \(terms.itemIDs)")
        return (
            Set(terms.categoryIDs).subtracting(try categories.map { try $0.text("id") }),
            Set(terms.itemIDs).subtracting(try items.map { try $0.text("id") })
        )
    }

    static func insert(_ terms: PromoCode.Terms, id: String, in transaction: Transaction) throws {
        let (percent, amount) = columns(terms.reduction)
        try transaction.execute(
            """
            INSERT INTO promo_codes (id, code, note, percent_millionths, amount_minor, starts_at_ms, ends_at_ms,
              minimum_subtotal_minor, max_uses, max_uses_per_person, is_active, created_at_ms, changed_at_ms)
            VALUES (\(id), \(terms.code), \(terms.note), \(percent), \(amount), \(terms.startsAt), \(terms.endsAt),
              \(terms.minimumSubtotalMinor), \(terms.maxUses), \(terms.maxUsesPerPerson), \(terms.isActive),
              \(transaction.now), \(transaction.now))
            """)
        try insertSubjects(terms, id: id, in: transaction)
    }

    static func update(_ terms: PromoCode.Terms, id: String, in transaction: Transaction) throws {
        let (percent, amount) = columns(terms.reduction)
        try transaction.execute(
            """
            UPDATE promo_codes SET code = \(terms.code), note = \(terms.note), percent_millionths = \(percent),
              amount_minor = \(amount), starts_at_ms = \(terms.startsAt), ends_at_ms = \(terms.endsAt),
              minimum_subtotal_minor = \(terms.minimumSubtotalMinor), max_uses = \(terms.maxUses),
              max_uses_per_person = \(terms.maxUsesPerPerson), is_active = \(terms.isActive),
              revision = revision + 1, changed_at_ms = \(transaction.now)
            WHERE id = \(id)
            """)
        try transaction.execute("DELETE FROM promo_code_subjects WHERE promo_code_id = \(id)")
        try insertSubjects(terms, id: id, in: transaction)
    }

    private static func columns(_ reduction: PromoCode.Reduction) -> (percent: Int64?, amount: Int64?) {
        switch reduction {
        case .percent(let millionths): (millionths, nil)
        case .fixed(let minor): (nil, minor)
        }
    }

    private static func insertSubjects(_ terms: PromoCode.Terms, id: String, in transaction: Transaction) throws {
        let subjects = terms.categoryIDs.map { ("category", $0) } + terms.itemIDs.map { ("item", $0) }
        for (kind, subject) in subjects {
            try transaction.execute(
                """
                INSERT INTO promo_code_subjects (promo_code_id, kind, subject_id) VALUES (\(id), \(kind), \(subject))
                ON CONFLICT DO NOTHING
                """)
        }
    }

    private static func promo(_ row: Row, in transaction: Transaction) throws -> PromoCode {
        let id = try row.text("id")
        let subjects = try transaction.rows(
            "SELECT kind, subject_id FROM promo_code_subjects WHERE promo_code_id = \(id) ORDER BY subject_id")
        return try promo(row, subjects: subjects)
    }

    private static func promo(_ row: Row, subjects: [Row]) throws -> PromoCode {
        let reduction: PromoCode.Reduction =
            if let percent = try row.optionalInt("percent_millionths") {
                .percent(millionths: percent)
            } else {
                .fixed(minor: try row.int("amount_minor"))
            }
        var terms = PromoCode.Terms(code: try row.text("code"), reduction: reduction)
        terms.note = try row.text("note")
        terms.startsAt = try row.optionalTime("starts_at_ms")
        terms.endsAt = try row.optionalTime("ends_at_ms")
        terms.minimumSubtotalMinor = try row.int("minimum_subtotal_minor")
        terms.maxUses = try row.optionalInt("max_uses")
        terms.maxUsesPerPerson = try row.optionalInt("max_uses_per_person")
        terms.isActive = try row.bool("is_active")
        terms.categoryIDs = try subjects.filter { try $0.text("kind") == "category" }.map { try $0.text("subject_id") }
        terms.itemIDs = try subjects.filter { try $0.text("kind") == "item" }.map { try $0.text("subject_id") }
        return PromoCode(
            id: try row.text("id"), terms: terms, useCount: try row.int("use_count"),
            revision: try row.int("revision"), createdAt: try row.time("created_at_ms"),
            changedAt: try row.time("changed_at_ms"))
    }
}
