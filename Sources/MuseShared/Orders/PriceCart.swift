/// Computes what resolved lines cost: base + options → discount → tax per rate → tip.
///
/// Every amount is a whole minor unit, and the parts add up to the total by construction.
struct PriceCart: Sendable {
    let menu: PublishedMenu

    /// - Throws: ``ArithmeticOverflow`` if an amount leaves 64 bits.
    func callAsFunction(
        _ lines: [ResolvedLine], fulfilment: Fulfilment, tipMinor: Int64
    ) throws(ArithmeticOverflow) -> Derivation {
        var drafts: [Draft] = []
        for line in lines { drafts.append(try draft(line, fulfilment: fulfilment)) }
        let taxes = try applyTaxes(to: &drafts)
        return Derivation(
            currency: menu.currency.code, rounding: Derivation.rounding, lines: drafts.map(\.line), taxes: taxes,
            totals: try totals(drafts, taxes: taxes, tipMinor: tipMinor))
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

    /// Tax is rounded once per rate, on the sum, and then split over the lines, so that the receipt's tax line is what
    /// an accountant computes and the lines' shares still add up to it.
    private func applyTaxes(to drafts: inout [Draft]) throws(ArithmeticOverflow) -> [Derivation.Tax] {
        var rates: [TaxRate] = []
        for draft in drafts {
            if let rate = draft.rate, rate.millionths > 0, !rates.contains(rate) { rates.append(rate) }
        }
        var taxes: [Derivation.Tax] = []
        for rate in rates {
            let members = drafts.indices.filter { drafts[$0].rate == rate }
            var taxable: Int64 = 0
            for index in members { taxable = try taxable.plus(drafts[index].net) }
            let tax = try Self.tax(on: taxable, rate)
            let shares = try Allocation.split(tax, by: members.map { drafts[$0].net })
            for (index, share) in zip(members, shares) { drafts[index].tax = share }
            taxes.append(
                Derivation.Tax(
                    name: rate.name, rateMillionths: rate.millionths, isInclusive: rate.isInclusive,
                    taxableMinor: taxable, taxMinor: tax))
        }
        return taxes
    }

    private static func tax(on taxable: Int64, _ rate: TaxRate) throws(ArithmeticOverflow) -> Int64 {
        let whole: Int64 = 1_000_000
        let base = rate.isInclusive ? try whole.plus(rate.millionths) : whole
        return try taxable.scaledHalfUp(by: rate.millionths, over: base)
    }

    private func totals(
        _ drafts: [Draft], taxes: [Derivation.Tax], tipMinor: Int64
    ) throws(ArithmeticOverflow) -> Derivation.Totals {
        var subtotal: Int64 = 0
        var discount: Int64 = 0
        for draft in drafts {
            subtotal = try subtotal.plus(draft.gross)
            discount = try discount.plus(draft.discount)
        }
        var added: Int64 = 0
        var included: Int64 = 0
        for tax in taxes {
            if tax.isInclusive {
                included = try included.plus(tax.taxMinor)
            } else {
                added = try added.plus(tax.taxMinor)
            }
        }
        let total = try subtotal.minus(discount).plus(added).plus(tipMinor)
        return Derivation.Totals(
            subtotalMinor: subtotal, discountMinor: discount, taxMinor: added, includedTaxMinor: included,
            tipMinor: tipMinor, totalMinor: total, currency: menu.currency.code)
    }
}
