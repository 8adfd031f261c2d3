import Foundation

/// The writes that place an order: reservation, order, lines, payment intent and idempotency key, all or nothing.
struct PlacementRepository: Sendable {
    let database: Database
    let ids: IDSource

    /// What is to be written.
    struct Draft: Sendable {
        let orderID: String
        let request: OrderRequest
        let contact: OrderRequest.Contact
        let derivation: Derivation
        let lines: [ResolvedLine]
        /// The code that took something off.
        let promo: PromoCode?
        let menuVersion: Int64
        /// Of the hours, pauses and slots that it was checked against.
        let venueVersion: Int64
        /// The kitchen work to claim; nil: as soon as possible, which claims nothing.
        let slot: SlotClaimRepository.Wish?
        let tokenHash: String
        let holdSeconds: Int64
        let idempotencyKey: String
        let bodyHash: String
    }

    enum Outcome: Sendable {
        case placed(orderID: String)
        /// The key was used before with the same body: this is what it made.
        case repeated(orderID: String)
        case keyUsedForAnotherBody
        /// The menu or the promo code moved since it was priced: price again.
        case menuMoved
        /// Hours, a pause or the slots' settings moved since it was checked: check again.
        case venueMoved
        /// The last of the chosen time went to somebody else.
        case slotFull
        /// The code's last use went to somebody else, or this person has had theirs.
        case promoRefused(PromoRefusal)
        /// The last portion went to somebody else: index of the line and what is left.
        case outOfStock(itemID: String, left: Int64)
    }

    func begin(_ draft: Draft) async throws -> Outcome {
        do {
            return try await database.write { transaction in
                if let earlier = try earlierOutcome(draft, in: transaction) { return earlier }
                guard try CacheVersionRepository.current(.menu, in: transaction) == draft.menuVersion else {
                    return .menuMoved
                }
                guard try CacheVersionRepository.current(.venue, in: transaction) == draft.venueVersion else {
                    return .venueMoved
                }
                try insertOrder(draft, in: transaction)
                try claimStock(draft, in: transaction)
                try claimPromo(draft, in: transaction)
                try insertLines(draft, in: transaction)
                if let slot = draft.slot {
                    try SlotClaimRepository.claim(slot, for: draft.orderID, in: transaction)
                }
                try OrderEventRepository.record(
                    "placed", of: draft.orderID, by: .guest, id: ids.next(), in: transaction)
                if draft.derivation.totals.totalMinor == 0 {
                    try markPaid(draft.orderID, in: transaction)
                }
                try transaction.execute(
                    """
                    INSERT INTO idempotency_keys (scope, key, body_hash, subject_id, created_at_ms)
                    VALUES ('order', \(draft.idempotencyKey), \(draft.bodyHash), \(draft.orderID), \(transaction.now))
                    """)
                return .placed(orderID: draft.orderID)
            }
        } catch let shortage as Shortage {
            return .outOfStock(itemID: shortage.itemID, left: shortage.left)
        } catch is SlotClaimRepository.Full {
            return .slotFull
        } catch let refusal as PromoRefusal {
            return .promoRefused(refusal)
        } catch is PromoUseRepository.Moved {
            return .menuMoved
        }
    }

    var now: Timestamp { database.clock.now() }

    func venue() throws -> Venue { try VenueRepository(database: database).venue() }

    /// What an earlier request with this key made, if there was one.
    func earlierOutcome(key: String, bodyHash: String) throws -> Outcome? {
        try database.read { try Self.earlierOutcome(key: key, bodyHash: bodyHash, in: $0) }
    }

    private func earlierOutcome(_ draft: Draft, in transaction: Transaction) throws -> Outcome? {
        try Self.earlierOutcome(key: draft.idempotencyKey, bodyHash: draft.bodyHash, in: transaction)
    }

    private static func earlierOutcome(key: String, bodyHash: String, in transaction: Transaction) throws -> Outcome? {
        let row = try transaction.first(
            "SELECT body_hash, subject_id FROM idempotency_keys WHERE scope = 'order' AND key = \(key)")
        guard let row else { return nil }
        guard try row.text("body_hash") == bodyHash else { return .keyUsedForAnotherBody }
        return .repeated(orderID: try row.text("subject_id"))
    }

    /// Nothing to pay: there is no payment to wait for.
    private func markPaid(_ orderID: String, in transaction: Transaction) throws {
        guard let order = try OrderRepository.detail(orderID, in: transaction)?.order else { return }
        try SettlementRepository(ids: ids).markPaid(order, in: transaction)
    }

    /// Thrown inside the write, so that everything the order had claimed is undone.
    private struct Shortage: Error {
        let itemID: String
        let left: Int64
    }

    /// Demand is summed per item over the whole cart and claimed by a conditional update: the database decides who
    /// gets the last portion, not what was read before.
    private func claimStock(_ draft: Draft, in transaction: Transaction) throws {
        var demand: [String: Int64] = [:]
        for line in draft.lines where line.item.kitchen.stockCount != nil {
            demand[line.item.id, default: 0] += line.quantity
        }
        // In a fixed order, so that the message names the same item each time.
        for (itemID, wanted) in demand.sorted(by: { $0.key < $1.key }) {
            let left = try StockRepository.claim(
                wanted, of: itemID, for: .order(draft.orderID, .reserved), in: transaction)
            if left == nil {
                let row = try transaction.first("SELECT stock_count FROM menu_items WHERE id = \(itemID)")
                throw Shortage(itemID: itemID, left: try row?.optionalInt("stock_count") ?? 0)
            }
        }
    }

    /// After the order, which the use points to.
    private func claimPromo(_ draft: Draft, in transaction: Transaction) throws {
        guard let promo = draft.promo else { return }
        let amount = draft.derivation.discounts.first { $0.source == .promoCode }?.amountMinor ?? 0
        try PromoUseRepository.claim(
            PromoUseRepository.Claim(
                promo: promo, orderID: draft.orderID, person: PromoPerson(email: draft.contact.email),
                discountMinor: amount),
            in: transaction)
    }

    private func insertOrder(_ draft: Draft, in transaction: Transaction) throws {
        let totals = draft.derivation.totals
        let contact = draft.contact
        let fulfilment = draft.request.fulfilment
        let hold = transaction.now.adding(seconds: draft.holdSeconds)
        try transaction.execute(
            """
            INSERT INTO orders (id, status, fulfilment, wanted_at_ms, table_name, contact_name, contact_email,
              contact_phone, search_name, note, currency, subtotal_minor, discount_minor, tax_minor,
              included_tax_minor, tip_minor, total_minor, derivation, menu_version, token_hash,
              hold_expires_at_ms, placed_at_ms, changed_at_ms)
            VALUES (\(draft.orderID), 'awaitingPayment', \(fulfilment?.type.rawValue), \(fulfilment?.at),
              \(fulfilment?.table), \(contact.name), \(contact.email), \(contact.phone),
              \(contact.name.lowercased()), \(draft.request.note ?? ""), \(totals.currency),
              \(totals.subtotalMinor), \(totals.discountMinor), \(totals.taxMinor), \(totals.includedTaxMinor),
              \(totals.tipMinor), \(totals.totalMinor), \(try JSONText.encode(draft.derivation)),
              \(draft.menuVersion), \(draft.tokenHash), \(hold), \(transaction.now), \(transaction.now))
            """)
        guard totals.totalMinor > 0 else { return }
        try CheckoutRepository.insertPending(
            CheckoutRepository.Pending(
                id: ids.next(), orderID: draft.orderID, amountMinor: totals.totalMinor, currency: totals.currency),
            in: transaction)
    }

    private func insertLines(_ draft: Draft, in transaction: Transaction) throws {
        for (position, (line, priced)) in zip(draft.lines, draft.derivation.lines).enumerated() {
            let reserved = line.item.kitchen.stockCount == nil ? 0 : line.quantity
            try transaction.execute(
                """
                INSERT INTO order_lines (id, order_id, position, kind, subject_id, name, quantity, unit_price_minor,
                  options, note, station, prep_seconds, gross_minor, discount_minor, tax_name, tax_rate_millionths,
                  is_tax_inclusive, tax_minor, reserved_stock)
                VALUES (\(ids.next()), \(draft.orderID), \(position), \(priced.kind.rawValue), \(priced.subjectId),
                  \(priced.name), \(priced.quantity), \(priced.unitPriceMinor), \(try JSONText.encode(priced.options)),
                  \(priced.note), \(line.item.kitchen.station), \(line.item.kitchen.prepSeconds),
                  \(priced.grossMinor), \(priced.discountMinor), \(priced.taxName), \(priced.taxRateMillionths),
                  \(priced.isTaxInclusive), \(priced.taxMinor), \(reserved))
                """)
        }
    }
}
