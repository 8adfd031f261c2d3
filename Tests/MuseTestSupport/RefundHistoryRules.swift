@testable import MuseShared

extension MoneyRules {
    /// One refund that has not failed.
    private struct Standing {
        let split: RefundSplit.Split?
        let amountMinor: Int64
        let money: RefundParts
    }

    /// Gives an order back by portions and by plain amounts while refunds fail at random, and says what goes wrong: the
    /// money must close to the total, and what it is made of to the order's own parts.
    public static func refundHistoryFlaw(
        _ derivation: Derivation, _ random: inout SeededGenerator, withAmounts: Bool, by refund: Refund
    ) -> String? {
        var standing: [Standing] = []
        for _ in 0..<random.number(2...10) {
            let before = before(standing, derivation)
            if random.once(in: 3), !standing.isEmpty {
                standing.remove(at: Int(random.next() % UInt64(standing.count)))
            } else if withAmounts, random.once(in: 3) {
                let left = derivation.totals.totalMinor - before.amountMinor
                guard left > 0 else { continue }
                let minor = random.number(1...left)
                guard let money = try? RefundSplit(derivation).money(ofAmount: minor, before: before) else {
                    return "an amount is refused"
                }
                standing.append(Standing(split: nil, amountMinor: minor, money: money))
            } else if let flaw = giveBack(derivation, &standing, before, &random, by: refund) {
                return flaw
            }
        }
        while let line = open(derivation, before(standing, derivation)).first {
            let before = before(standing, derivation)
            let left = derivation.lines[line].quantity - before.quantities[line, default: 0]
            let portion = RefundSplit.Portion(line: line, quantity: random.number(1...left))
            guard let split = refund([portion], before), let money = split.money else { return "it is refused" }
            standing.append(Standing(split: split, amountMinor: split.amountMinor, money: money))
        }
        return flaw(standing, derivation, withAmounts: withAmounts)
    }

    private static func giveBack(
        _ derivation: Derivation, _ standing: inout [Standing], _ before: RefundSplit.Before,
        _ random: inout SeededGenerator, by refund: Refund
    ) -> String? {
        let open = open(derivation, before)
        guard !open.isEmpty else { return nil }
        let line = open[Int(random.next() % UInt64(open.count))]
        let left = derivation.lines[line].quantity - before.quantities[line, default: 0]
        let portion = RefundSplit.Portion(line: line, quantity: random.once(in: 2) ? 1 : random.number(1...left))
        guard let split = refund([portion], before), let money = split.money else { return "it is refused" }
        standing.append(Standing(split: split, amountMinor: split.amountMinor, money: money))
        return nil
    }

    private static func open(_ derivation: Derivation, _ before: RefundSplit.Before) -> [Int] {
        derivation.lines.indices.filter { before.quantities[$0, default: 0] < derivation.lines[$0].quantity }
    }

    private static func before(_ standing: [Standing], _ derivation: Derivation) -> RefundSplit.Before {
        var before = RefundSplit.Before()
        var parts = RefundParts(emptyLike: derivation)
        for refund in standing {
            before.amountMinor += refund.amountMinor
            parts = parts.combined(with: refund.money)
            for part in refund.split?.parts ?? [] {
                before.quantities[part.line, default: 0] += part.quantity
                var worth = before.worths[part.line] ?? .init(discountMinor: 0, taxMinor: 0)
                worth.discountMinor += part.worth.discountMinor
                worth.taxMinor += part.worth.taxMinor
                before.worths[part.line] = worth
            }
        }
        before.parts = parts
        return before
    }

    private static func flaw(_ standing: [Standing], _ derivation: Derivation, withAmounts: Bool) -> String? {
        let total = derivation.totals.totalMinor
        for refund in standing {
            let money = refund.money
            if money.amountMinor != refund.amountMinor { return "the parts are not the amount" }
            let isNegative = money.rates.contains { $0.grossMinor < 0 || $0.discountMinor < 0 || $0.taxMinor < 0 }
            if isNegative || money.tipMinor < 0 { return "a part is negative" }
            if refund.split?.parts.contains(where: { $0.amountMinor < 0 }) == true { return "a portion is negative" }
        }
        var before = before(standing, derivation)
        if before.amountMinor > total { return "more goes back than was paid" }
        if !withAmounts, before.amountMinor != total { return "all portions are not the total" }
        // The last portion of all closes the order anyhow: so each line is held against its own figures too.
        let isClosed = derivation.lines.enumerated().allSatisfy { place, line in
            before.worths[place] == .init(discountMinor: line.discountMinor, taxMinor: line.taxMinor)
        }
        if !isClosed { return "the portions of a line are not the line" }
        // An amount that failed after the last portion went back is given back as an amount again.
        if before.amountMinor < total {
            let rest = total - before.amountMinor
            guard let money = try? RefundSplit(derivation).money(ofAmount: rest, before: before) else {
                return "the rest is refused"
            }
            before.parts = before.parts?.combined(with: money)
        }
        return before.parts == RefundParts(derivation) ? nil : "the parts of all refunds are not the order's"
    }
}
