@testable import MuseShared

/// What must be true of every derivation, computed another way than by the code that made it.
///
/// Answers with the first broken rule instead of expecting, so that a hundred thousand carts are checked in seconds and
/// a test can ask whether a wrong computation would have been found.
public enum MoneyRules {
    public static func flaw(_ derivation: Derivation) -> String? {
        lineFlaw(derivation) ?? discountFlaw(derivation) ?? taxFlaw(derivation) ?? totalFlaw(derivation)
    }

    private static func lineFlaw(_ derivation: Derivation) -> String? {
        let step = Currency(code: derivation.currency)?.stepMinor ?? 1
        for line in derivation.lines {
            var unit = line.basePriceMinor
            for option in line.options { unit += option.priceMinor * option.quantity }
            if unit != line.unitPriceMinor { return "a unit is its base and its options" }
            if line.grossMinor != unit * line.quantity { return "a line is its unit times its quantity" }
            if line.discountMinor < 0 || line.discountMinor > line.grossMinor { return "a line costs nothing at least" }
            if line.taxMinor < 0 { return "tax is never negative" }
            if line.discountMinor % step != 0 || line.taxMinor % step != 0 { return "every share can be charged" }
        }
        return nil
    }

    private static func discountFlaw(_ derivation: Derivation) -> String? {
        var shares = Array(repeating: Int64(0), count: derivation.lines.count)
        let step = Currency(code: derivation.currency)?.stepMinor ?? 1
        for discount in derivation.discounts {
            var sum: Int64 = 0
            for (index, share) in discount.lineAmountsMinor.enumerated() {
                sum += share
                shares[index] += share
            }
            if sum != discount.amountMinor { return "the lines' parts are the discount" }
            if discount.amountMinor > discount.baseMinor { return "a discount is at most what it is on" }
            if let percent = discount.percentMillionths,
                !isHalfUp(discount.amountMinor, of: discount.baseMinor, times: percent, over: 1_000_000, step: step)
            {
                return "a percentage is rounded half up, once"
            }
        }
        for (index, line) in derivation.lines.enumerated() where line.discountMinor != shares[index] {
            return "a line's discount is its parts"
        }
        return nil
    }

    private static func taxFlaw(_ derivation: Derivation) -> String? {
        let step = Currency(code: derivation.currency)?.stepMinor ?? 1
        for tax in derivation.taxes {
            let over = 1_000_000 + (tax.isInclusive ? tax.rateMillionths : 0)
            var (net, sum): (Int64, Int64) = (0, 0)
            for line in derivation.lines
            where line.taxName == tax.name && line.taxRateMillionths == tax.rateMillionths
                && line.isTaxInclusive == tax.isInclusive
            {
                let cost = line.grossMinor - line.discountMinor
                net += cost
                sum += line.taxMinor
                // Its own exact share, give or take one step for each of the two roundings.
                let gap = Int128(line.taxMinor) * Int128(over) - Int128(cost) * Int128(tax.rateMillionths)
                if gap.magnitude > UInt128(over) * UInt128(2 * step) { return "a line's tax is its share" }
            }
            if net != tax.taxableMinor { return "the taxable amount is what its lines cost" }
            if sum != tax.taxMinor { return "the lines' tax is the rate's tax" }
            if !isHalfUp(tax.taxMinor, of: net, times: tax.rateMillionths, over: over, step: step) {
                return "tax is rounded half up, once per rate"
            }
        }
        return nil
    }

    private static func totalFlaw(_ derivation: Derivation) -> String? {
        let totals = derivation.totals
        var (gross, discount, added, included): (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
        for line in derivation.lines {
            gross += line.grossMinor
            discount += line.discountMinor
            if line.isTaxInclusive { included += line.taxMinor } else { added += line.taxMinor }
        }
        if (gross, discount) != (totals.subtotalMinor, totals.discountMinor) { return "the lines are the subtotal" }
        if (added, included) != (totals.taxMinor, totals.includedTaxMinor) { return "the lines' tax is the tax" }
        if gross - discount + added + totals.tipMinor != totals.totalMinor { return "the parts are the total" }
        if totals.totalMinor < 0 || totals.tipBaseMinor < 0 { return "nothing is negative" }
        var asked: Int64 = 0
        for line in CheckoutSessionRequest.lines(of: derivation) {
            if line.unitAmountMinor < 0 { return "Stripe is asked for nothing negative" }
            asked += line.unitAmountMinor * line.quantity
        }
        return asked == totals.totalMinor ? nil : "Stripe is asked for the total"
    }

    /// Whether `amount` is `base × times ÷ over`, to the nearest step, halves upwards.
    private static func isHalfUp(_ amount: Int64, of base: Int64, times: Int64, over: Int64, step: Int64) -> Bool {
        let gap = 2 * (Int128(amount) * Int128(over) - Int128(base) * Int128(times))
        let width = Int128(over) * Int128(step)
        return gap > -width && gap <= width
    }
}

extension MoneyRules {
    /// Amount that goes back for portions, after what went back before.
    public typealias Refund = (_ portions: [RefundSplit.Portion], _ before: RefundSplit.Before) -> RefundSplit.Split?

    /// Gives everything back portion by portion in a random order and says what goes wrong on the way.
    public static func refundFlaw(
        _ derivation: Derivation, _ random: inout SeededGenerator, by refund: Refund
    ) -> String? {
        let total = derivation.totals.totalMinor
        var left = derivation.lines.map(\.quantity)
        var open = Array(left.indices)
        var before = RefundSplit.Before()
        var (tax, included): (Int64, Int64) = (0, 0)
        while !open.isEmpty {
            let place = Int(random.next() % UInt64(open.count))
            let line = open[place]
            let quantity = random.once(in: 2) ? left[line] : random.number(1...left[line])
            guard let split = refund([.init(line: line, quantity: quantity)], before) else { return "it is refused" }
            if split.amountMinor < 0 || split.tipMinor < 0 { return "a step is negative" }
            for part in split.parts {
                if part.discountMinor < 0 || part.taxMinor < 0 || part.amountMinor < 0 { return "a part is negative" }
                tax += part.taxMinor
                included += part.includedTaxMinor
            }
            before.amountMinor += split.amountMinor
            before.tipMinor += split.tipMinor
            before.quantities[line, default: 0] += quantity
            if before.amountMinor > total { return "more goes back than was paid" }
            left[line] -= quantity
            if left[line] == 0 { open.remove(at: place) }
        }
        if before.amountMinor != total { return "all portions are not the total" }
        if before.tipMinor != derivation.totals.tipMinor { return "the tip is not what was given" }
        let isTax = (tax, included) == (derivation.totals.taxMinor, derivation.totals.includedTaxMinor)
        return isTax ? nil : "the tax of all portions is not the tax"
    }
}
