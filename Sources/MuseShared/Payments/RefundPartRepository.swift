/// What the refunds of an order are made of. Each gets its parts in the write that decides it, or that learns of it.
enum RefundPartRepository {
    /// What went back of an order before, on its way included, by place in its derivation.
    static func before(
        _ order: Order, lines: [OrderLine], in transaction: Transaction
    ) throws -> RefundSplit.Before {
        let standing = try standing(of: order, lines: lines, in: transaction)
        var before = try portions(order.id, lines: lines, in: transaction)
        before.amountMinor = standing.reduce(0) { $0.addedClamped(to: $1.amountMinor) }
        let parts = try parts(standing, of: order.derivation)
        before.parts = parts.sum
        before.tipMinor = parts.sum.tipMinor
        return before
    }

    /// Stores the parts of those that have none yet: just asked for, made at Stripe's dashboard, or by an earlier program.
    static func complete(orderID: String, in transaction: Transaction) throws {
        guard let order = try OrderRepository.order(orderID, in: transaction) else { return }
        let lines = try OrderRepository.lines(of: [orderID], in: transaction)[orderID] ?? []
        let standing = try standing(of: order, lines: lines, in: transaction)
        for (id, parts) in try parts(standing, of: order.derivation).found {
            try transaction.execute(
                """
                UPDATE refunds SET gross_minor = \(parts.grossMinor), discount_minor = \(parts.discountMinor),
                  tax_minor = \(parts.taxMinor), included_tax_minor = \(parts.includedTaxMinor),
                  tip_minor = \(parts.tipMinor)
                WHERE id = \(id)
                """)
            for rate in parts.rates where rate.grossMinor > 0 {
                try transaction.execute(
                    """
                    INSERT INTO refund_parts (refund_id, tax_name, rate_millionths, is_inclusive, gross_minor,
                      discount_minor, tax_minor)
                    VALUES (\(id), \(rate.taxName), \(rate.rateMillionths), \(rate.isInclusive), \(rate.grossMinor),
                            \(rate.discountMinor), \(rate.taxMinor))
                    """)
            }
        }
    }

    /// A refund that had failed and counts after all: what it was made of may have gone to others meanwhile.
    static func forget(refundID: String, in transaction: Transaction) throws {
        try transaction.execute("DELETE FROM refund_parts WHERE refund_id = \(refundID)")
        try transaction.execute(
            """
            UPDATE refunds SET gross_minor = NULL, discount_minor = NULL, tax_minor = NULL, included_tax_minor = NULL
            WHERE id = \(refundID)
            """)
    }

    /// The parts of each refund of an order that has them.
    static func parts(
        ofOrder id: String, _ derivation: Derivation, in transaction: Transaction
    ) throws -> [String: RefundParts] {
        var parts: [String: RefundParts] = [:]
        for row in try transaction.rows(
            "SELECT id, tip_minor FROM refunds WHERE order_id = \(id) AND gross_minor IS NOT NULL")
        {
            var empty = RefundParts(emptyLike: derivation)
            empty.tipMinor = try row.int("tip_minor")
            parts[try row.text("id")] = empty
        }
        let rates = try transaction.rows(
            "SELECT p.* FROM refunds r JOIN refund_parts p ON p.refund_id = r.id WHERE r.order_id = \(id)")
        for row in rates {
            let id = try row.text("refund_id")
            var one = RefundParts(emptyLike: derivation)
            one.rates = [
                .init(
                    taxName: try row.text("tax_name"), rateMillionths: try row.int("rate_millionths"),
                    isInclusive: try row.bool("is_inclusive"), grossMinor: try row.int("gross_minor"),
                    discountMinor: try row.int("discount_minor"), taxMinor: try row.int("tax_minor"))
            ]
            parts[id] = parts[id]?.combined(with: one)
        }
        return parts
    }

    // MARK: How it comes about

    /// A refund that counts or is on its way.
    private struct Standing {
        let id: String
        let amountMinor: Int64
        let tipMinor: Int64
        let stored: RefundParts?
        /// What its portions are worth, if it is for portions.
        let portions: RefundParts
    }

    /// Those of the payment that paid the order: what goes back of a second payment is no part of it.
    private static func standing(
        of order: Order, lines: [OrderLine], in transaction: Transaction
    ) throws -> [Standing] {
        let stored = try parts(ofOrder: order.id, order.derivation, in: transaction)
        var portions: [String: RefundParts] = [:]
        let places = places(lines)
        for row in try portionRows(order.id, in: transaction) {
            guard let place = places[try row.text("line_id")], order.derivation.lines.indices.contains(place),
                let tax = try row.optionalInt("tax_minor"), let discount = try row.optionalInt("discount_minor")
            else { continue }
            let line = order.derivation.lines[place]
            let gross = try line.unitPriceMinor.times(try row.int("quantity"))
            portions[try row.text("refund_id"), default: RefundParts(emptyLike: order.derivation)]
                .add(to: line, gross: gross, discount: discount, tax: tax)
        }
        let rows = try transaction.rows(
            """
            SELECT id, amount_minor, tip_minor FROM refunds
            WHERE order_id = \(order.id) AND state <> 'failed' AND payment_intent_id =
              (SELECT COALESCE(payment_intent_id, '') FROM payments
               WHERE order_id = \(order.id) AND kind = 'charge' ORDER BY at_ms, id LIMIT 1)
            ORDER BY created_at_ms, id
            """)
        return try rows.map { row in
            let id = try row.text("id")
            return Standing(
                id: id, amountMinor: try row.int("amount_minor"), tipMinor: try row.int("tip_minor"),
                stored: stored[id], portions: portions[id] ?? RefundParts(emptyLike: order.derivation))
        }
    }

    /// What all of them are made of, and those parts that are not stored yet. A refund for more than is left has none:
    /// only Stripe's dashboard can make one, while another that Stripe will refuse is on its way.
    private static func parts(
        _ standing: [Standing], of derivation: Derivation
    ) throws -> (sum: RefundParts, found: [(id: String, parts: RefundParts)]) {
        var sum = RefundParts(emptyLike: derivation)
        for stored in standing.compactMap(\.stored) { sum = sum.combined(with: stored) }
        let whole = RefundParts(derivation)
        var found: [(id: String, parts: RefundParts)] = []
        for refund in standing where refund.stored == nil {
            var wanted = refund.portions
            wanted.tipMinor = refund.tipMinor
            let left = whole.combined(with: sum, sign: -1)
            guard let parts = try left.taking(refund.amountMinor, for: wanted) else { continue }
            sum = sum.combined(with: parts)
            found.append((refund.id, parts))
        }
        return (sum, found)
    }

    private static func portions(
        _ orderID: String, lines: [OrderLine], in transaction: Transaction
    ) throws -> RefundSplit.Before {
        var before = RefundSplit.Before()
        var withoutWorth: Set<Int> = []
        let places = places(lines)
        for row in try portionRows(orderID, in: transaction) {
            guard let place = places[try row.text("line_id")] else { continue }
            before.quantities[place, default: 0] += try row.int("quantity")
            if let discount = try row.optionalInt("discount_minor"), let tax = try row.optionalInt("tax_minor") {
                before.worths[place, default: .init(discountMinor: 0, taxMinor: 0)].discountMinor += discount
                before.worths[place]?.taxMinor += tax
            } else {
                withoutWorth.insert(place)
            }
        }
        // An earlier program took the first portions of the line.
        for place in withoutWorth { before.worths[place] = nil }
        return before
    }

    private static func portionRows(_ orderID: String, in transaction: Transaction) throws -> [Row] {
        try transaction.rows(
            """
            SELECT x.refund_id, x.line_id, x.quantity, x.discount_minor, x.tax_minor
            FROM refunds r JOIN refund_lines x ON x.refund_id = r.id
            WHERE r.order_id = \(orderID) AND r.state <> 'failed'
            """)
    }

    private static func places(_ lines: [OrderLine]) -> [String: Int] {
        Dictionary(lines.enumerated().map { ($1.id, $0) }) { first, _ in first }
    }
}
