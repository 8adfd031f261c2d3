/// Tells what a cart would cost now, and why. Nothing is reserved or written.
public struct QuoteOrder: Sendable {
    public enum Refusal: Error, Sendable {
        /// Fields that no menu would allow: 422.
        case invalid([CartProblem])
        /// What was right a moment ago: sold out or gone: 409.
        case unavailable([CartProblem])
    }

    let menu: PublishedMenu

    public init(menu: PublishedMenu) {
        self.menu = menu
    }

    public func callAsFunction(_ request: OrderRequest) throws(Refusal) -> Derivation {
        let tip = request.tipMinor ?? 0
        var problems = OrderRequestCheck.problems(in: request)
        var lines: [ResolvedLine] = []
        do {
            lines = try ResolveCart(menu: menu, at: request.fulfilment?.at)(request.lines)
        } catch {
            problems += error.problems
        }
        if problems.contains(where: { $0.kind == .invalid }) { throw .invalid(problems) }
        guard problems.isEmpty else { throw .unavailable(problems) }
        let derivation: Derivation
        do {
            derivation = try PriceCart(menu: menu)(
                lines, fulfilment: request.fulfilment?.type ?? .pickup, tipMinor: tip)
        } catch {
            throw .invalid([.invalid("lines", "The total is larger than any payment.")])
        }
        guard derivation.totals.totalMinor <= OrderLimits.totalMinor else {
            throw .invalid([.invalid("lines", "The total is larger than a card payment allows.")])
        }
        return derivation
    }
}

/// What can be said about a request before the menu is asked.
enum OrderRequestCheck {
    static func problems(in request: OrderRequest) -> [CartProblem] {
        var problems: [CartProblem] = []
        if let tip = request.tipMinor, !(0...OrderLimits.tipMinor).contains(tip) {
            problems.append(.invalid("tipMinor", "A tip is between nothing and \(OrderLimits.tipMinor / 100)."))
        }
        if let code = request.promoCode, !code.isEmpty {
            problems.append(.invalid("promoCode", "This code is not known. Remove it to go on without."))
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
