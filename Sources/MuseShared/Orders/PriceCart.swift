/// Computes what resolved lines cost: base + options → discounts, one after the other → tax per rate → tip.
///
/// Every amount is a whole step of the currency, and the parts add up to the total by construction.
struct PriceCart: Sendable {
    let menu: PublishedMenu

    /// - Parameters:
    ///   - discounts: in the order in which they are taken off; each sees what those before have left.
    ///   - tipMinor: not taxed, and not lowered by a discount.
    /// - Throws: ``ArithmeticOverflow`` if an amount leaves 64 bits.
    func callAsFunction(
        _ lines: [ResolvedLine], fulfilment: Fulfilment, discounts: [CartDiscount] = [], tipMinor: Int64
    ) throws(ArithmeticOverflow) -> Derivation {
        var drafts: [Draft] = []
        for line in lines { drafts.append(try draft(line, fulfilment: fulfilment)) }
        var taken: [Derivation.Discount] = []
        for discount in discounts {
            if let applied = try apply(discount, to: &drafts) { taken.append(applied) }
        }
        let taxes = try applyTaxes(to: &drafts)
        return Derivation(
            currency: menu.currency.code, rounding: Derivation.rounding, lines: drafts.map(\.line), discounts: taken,
            taxes: taxes, totals: try totals(drafts, taxes: taxes, tipMinor: tipMinor))
    }

    /// A line on its way through the steps.
    private struct Draft {
        let resolved: ResolvedLine
        let unitPrice: Int64
        let gross: Int64
        var discount: Int64 = 0
        let rate: TaxRate?
        var tax: Int64 = 0

        var net: Int64 { gross - discount }

        var line: Derivation.Line {
            Derivation.Line(
                kind: .item, subjectId: resolved.item.id, name: resolved.item.name, quantity: resolved.quantity,
                basePriceMinor: resolved.item.priceMinor, options: resolved.options, unitPriceMinor: unitPrice,
                grossMinor: gross, discountMinor: discount, taxName: rate?.name ?? "",
                taxRateMillionths: rate?.millionths ?? 0, isTaxInclusive: rate?.isInclusive ?? false, taxMinor: tax,
                note: resolved.note)
        }
    }

    private func draft(_ line: ResolvedLine, fulfilment: Fulfilment) throws(ArithmeticOverflow) -> Draft {
        var unit = line.item.priceMinor
        for option in line.options {
            unit = try unit.plus(try option.priceMinor.times(option.quantity))
        }
        return Draft(
            resolved: line, unitPrice: unit, gross: try unit.times(line.quantity),
            rate: menu.taxRate(line.item.kitchen.taxClassID, fulfilment))
    }

    /// Rounded once on the sum of the lines it is for, then split over them, so that each line is taxed on what it
    /// really costs.
    private func apply(
        _ discount: CartDiscount, to drafts: inout [Draft]
    ) throws(ArithmeticOverflow) -> Derivation.Discount? {
        let members = drafts.indices.filter { discount.isFor(drafts[$0].resolved.item.id) && drafts[$0].net > 0 }
        let base = try Self.sum(members.map { drafts[$0].net })
        let step = menu.currency.stepMinor
        let amount = try discount.amount(on: base, step: step)
        guard amount > 0 else { return nil }
        var shares = Array(repeating: Int64(0), count: drafts.count)
        let parts = try Allocation.split(amount, by: members.map { drafts[$0].net }, step: step)
        for (index, part) in zip(members, parts) {
            drafts[index].discount = try drafts[index].discount.plus(part)
            shares[index] = part
        }
        var percent: Int64?
        if case .percent(let millionths) = discount.reduction { percent = millionths }
        return Derivation.Discount(
            source: discount.source, name: discount.name, percentMillionths: percent, baseMinor: base,
            amountMinor: amount, lineAmountsMinor: shares)
    }

    /// Tax is rounded once per rate, on the sum, and then split over the lines, so that the receipt's tax line is what
    /// an accountant computes and the lines' shares still add up to it.
    private func applyTaxes(to drafts: inout [Draft]) throws(ArithmeticOverflow) -> [Derivation.Tax] {
        var rates: [TaxRate] = []
        for draft in drafts {
            if let rate = draft.rate, rate.millionths > 0, !rates.contains(rate) { rates.append(rate) }
        }
        let step = menu.currency.stepMinor
        var taxes: [Derivation.Tax] = []
        for rate in rates {
            let members = drafts.indices.filter { drafts[$0].rate == rate }
            let nets = members.map { drafts[$0].net }
            let taxable = try Self.sum(nets)
            let tax = try Self.tax(on: taxable, rate, step: step)
            let shares = try Allocation.split(tax, by: nets, step: step)
            for (index, share) in zip(members, shares) { drafts[index].tax = share }
            taxes.append(
                Derivation.Tax(
                    name: rate.name, rateMillionths: rate.millionths, isInclusive: rate.isInclusive,
                    taxableMinor: taxable, taxMinor: tax))
        }
        return taxes
    }

    private static func tax(on taxable: Int64, _ rate: TaxRate, step: Int64) throws(ArithmeticOverflow) -> Int64 {
        let whole: Int64 = 1_000_000
        let base = rate.isInclusive ? try whole.plus(rate.millionths) : whole
        return try taxable.scaledHalfUp(by: rate.millionths, over: base, step: step)
    }

    private static func sum(_ amounts: [Int64]) throws(ArithmeticOverflow) -> Int64 {
        var sum: Int64 = 0
        for amount in amounts { sum = try sum.plus(amount) }
        return sum
    }

    private func totals(
        _ drafts: [Draft], taxes: [Derivation.Tax], tipMinor: Int64
    ) throws(ArithmeticOverflow) -> Derivation.Totals {
        let subtotal = try Self.sum(drafts.map(\.gross))
        let discount = try Self.sum(drafts.map(\.discount))
        let added = try Self.sum(taxes.filter { !$0.isInclusive }.map(\.taxMinor))
        let included = try Self.sum(taxes.filter(\.isInclusive).map(\.taxMinor))
        let total = try subtotal.minus(discount).plus(added).plus(tipMinor)
        return Derivation.Totals(
            subtotalMinor: subtotal, discountMinor: discount, taxMinor: added, includedTaxMinor: included,
            tipMinor: tipMinor, totalMinor: total, currency: menu.currency.code)
    }
}
