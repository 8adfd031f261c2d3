/// What an order would cost, why, and what became of its promo code.
public struct Quote: Sendable {
    public enum PromoVerdict: Sendable, Equatable {
        case counts(PromoCode)
        case refused(PromoRefusal)
    }

    public let derivation: Derivation
    /// Nil when no code was given.
    public let promo: PromoVerdict?
    let lines: [ResolvedLine]

    /// The code that took something off.
    var usedPromo: PromoCode? {
        guard case .counts(let promo) = promo, promoDiscountMinor > 0 else { return nil }
        return promo
    }

    public var promoDiscountMinor: Int64 {
        derivation.discounts.first { $0.source == .promoCode }?.amountMinor ?? 0
    }
}

/// Tells what a cart would cost now, and why. Nothing is reserved or written.
public struct QuoteOrder: Sendable {
    public enum Refusal: Error, Sendable {
        /// Fields that no menu would allow: 422.
        case invalid([CartProblem])
        /// What was right a moment ago: sold out or gone: 409.
        case unavailable([CartProblem])
    }

    let menu: PublishedMenu
    /// The time is not chosen yet, so hours are not asked: what a cart costs that may be wanted later.
    let isTimeOpen: Bool

    public init(menu: PublishedMenu, isTimeOpen: Bool = false) {
        self.menu = menu
        self.isTimeOpen = isTimeOpen
    }

    /// Without a promo code, whatever the request says of one.
    public func callAsFunction(_ request: OrderRequest) throws(Refusal) -> Derivation {
        try callAsFunction(request, promo: nil, now: Timestamp(milliseconds: 0)).derivation
    }

    /// A code that does not count is no refusal: the quote is made without it and says why.
    public func callAsFunction(
        _ request: OrderRequest, promo candidate: PromoCandidate?, now: Timestamp
    ) throws(Refusal) -> Quote {
        var problems = OrderRequestCheck.problems(in: request, currency: menu.currency)
        var lines: [ResolvedLine] = []
        do {
            lines = try ResolveCart(menu: menu, at: request.fulfilment?.at, isTimeOpen: isTimeOpen)(request.lines)
        } catch {
            problems += error.problems
        }
        if problems.contains(where: { $0.kind == .invalid }) { throw .invalid(problems) }
        guard problems.isEmpty else { throw .unavailable(problems) }
        let (discounts, verdict) = judge(candidate, lines: lines, now: now)
        let derivation: Derivation
        do {
            derivation = try PriceCart(menu: menu)(
                lines, fulfilment: request.fulfilment?.type ?? .pickup, discounts: discounts,
                tipMinor: request.tipMinor ?? 0)
        } catch {
            throw .invalid([.invalid("lines", "The total is larger than any payment.")])
        }
        try check(derivation)
        return Quote(derivation: derivation, promo: verdict, lines: lines)
    }

    private func judge(
        _ candidate: PromoCandidate?, lines: [ResolvedLine], now: Timestamp
    ) -> ([CartDiscount], Quote.PromoVerdict?) {
        guard let candidate else { return ([], nil) }
        do throws(PromoRefusal) {
            let discount = try JudgePromoCode(menu: menu, now: now)(candidate, lines: lines)
            return ([discount], candidate.promo.map(Quote.PromoVerdict.counts))
        } catch {
            return ([], .refused(error))
        }
    }

    private func check(_ derivation: Derivation) throws(Refusal) {
        guard derivation.totals.totalMinor <= OrderLimits.totalMinor else {
            throw .invalid([.invalid("lines", "The total is larger than a card payment allows.")])
        }
        let most = OrderLimits.tip(on: derivation.totals.subtotalMinor, in: menu.currency)
        guard derivation.totals.tipMinor <= most.minor else {
            throw .invalid([.invalid("tipMinor", "A tip on this order is at most \(most.formatted).")])
        }
        let step = menu.currency.stepMinor
        if let odd = derivation.lines.firstIndex(where: { $0.unitPriceMinor % step != 0 }) {
            throw .invalid([
                .invalid(
                    "lines[\(odd)]", "The price of \(derivation.lines[odd].name) can’t be charged. Please tell us.")
            ])
        }
    }
}

/// What can be said about a request before the menu is asked.
enum OrderRequestCheck {
    static func problems(in request: OrderRequest, currency: Currency) -> [CartProblem] {
        var problems: [CartProblem] = []
        if let tip = request.tipMinor {
            let most = OrderLimits.tip(in: currency)
            if !(0...most.minor).contains(tip) {
                problems.append(.invalid("tipMinor", "A tip is between nothing and \(most.formatted)."))
            } else if tip % currency.stepMinor != 0 {
                problems.append(.invalid("tipMinor", "A card can’t be charged such a small part. Round the tip."))
            }
        }
        let hasItems = request.lines.contains { $0.kind == .item }
        if hasItems, request.fulfilment == nil {
            problems.append(.invalid("fulfilment", "Choose pickup or a table."))
        }
        if let choice = request.fulfilment, choice.type == .dineIn, (choice.table ?? "").isEmpty {
            problems.append(.invalid("fulfilment.table", "Which table? The number is on the card."))
        }
        return problems
    }
}
