/// What is known of a code that a guest typed, read before an order is priced.
public struct PromoCandidate: Sendable, Equatable {
    /// As typed, in capitals.
    public let typed: String
    /// Nil if there is no such code.
    let promo: PromoCode?
    /// How often this person holds or has used it; nil while nobody has said who it is.
    let usesByPerson: Int64?
}

/// Decides whether a code counts for a cart at a moment, and what it takes off.
///
/// The limits are judged here so that a guest is told early, and claimed again by the write that places the order:
/// only that one counts.
struct JudgePromoCode: Sendable {
    let menu: PublishedMenu
    let now: Timestamp

    func callAsFunction(_ candidate: PromoCandidate, lines: [ResolvedLine]) throws(PromoRefusal) -> CartDiscount {
        guard let promo = candidate.promo else { throw .unknown }
        let terms = promo.terms
        guard terms.isActive else { throw .over }
        if let start = terms.startsAt, now < start { throw .notYet(from: start) }
        if let end = terms.endsAt, now >= end { throw .over }
        if let most = terms.maxUses, promo.useCount >= most { throw .usedUp }
        if let most = terms.maxUsesPerPerson, let uses = candidate.usesByPerson, uses >= most {
            throw .usedByYou(times: most)
        }
        let subtotal = Self.subtotal(lines)
        if subtotal < terms.minimumSubtotalMinor {
            throw .minimumNotMet(
                minimumMinor: terms.minimumSubtotalMinor, shortByMinor: terms.minimumSubtotalMinor - subtotal)
        }
        let itemIDs = itemIDs(of: terms)
        if let itemIDs, !lines.contains(where: { itemIDs.contains($0.item.id) }) {
            throw .notForThese(names: names(of: terms))
        }
        return CartDiscount(source: .promoCode, name: terms.code, reduction: terms.reduction, itemIDs: itemIDs)
    }

    private static func subtotal(_ lines: [ResolvedLine]) -> Int64 {
        lines.reduce(0) { sum, line in
            let unit = line.options.reduce(line.item.priceMinor) {
                $0.addedClamped(to: $1.priceMinor.multipliedClamped(by: $1.quantity))
            }
            return sum.addedClamped(to: unit.multipliedClamped(by: line.quantity))
        }
    }

    private func itemIDs(of terms: PromoCode.Terms) -> Set<String>? {
        guard !terms.isForAll else { return nil }
        let categories = menu.menu.categories.filter { terms.categoryIDs.contains($0.id) }
        return Set(categories.flatMap(\.items).map(\.id) + terms.itemIDs)
    }

    private func names(of terms: PromoCode.Terms) -> [String] {
        menu.menu.categories.filter { terms.categoryIDs.contains($0.id) }.map(\.name)
            + terms.itemIDs.compactMap { menu.item($0)?.name }
    }
}
