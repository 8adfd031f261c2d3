/// Splits whole minor units so that the parts add up to the whole, to the unit.
enum Allocation {
    /// Shares of `amount` in proportion to `weights`, by largest remainder; earlier parts win ties.
    ///
    /// With all weights zero the first part takes everything. `amount` and weights are not negative.
    static func split(_ amount: Int64, by weights: [Int64]) throws(ArithmeticOverflow) -> [Int64] {
        guard !weights.isEmpty else { return [] }
        var total: Int64 = 0
        for weight in weights { total = try total.plus(weight) }
        guard total > 0 else { return [amount] + Array(repeating: 0, count: weights.count - 1) }

        var shares: [Int64] = []
        var remainders: [(index: Int, remainder: Int64)] = []
        var given: Int64 = 0
        for (index, weight) in weights.enumerated() {
            let (share, remainder) = try amount.scaled(by: weight, over: total)
            shares.append(share)
            remainders.append((index, remainder))
            given = try given.plus(share)
        }
        remainders.sort { ($0.remainder, $1.index) > ($1.remainder, $0.index) }
        var left = amount - given
        for entry in remainders where left > 0 {
            shares[entry.index] += 1
            left -= 1
        }
        return shares
    }

    /// The same in whole steps of a currency: every share is a multiple of `step` if `amount` is one.
    static func split(_ amount: Int64, by weights: [Int64], step: Int64) throws(ArithmeticOverflow) -> [Int64] {
        guard step > 1 else { return try split(amount, by: weights) }
        // No share is larger than the amount, so going back up can't overflow.
        return try split(amount / step, by: weights).map { $0 * step }
    }
}

extension Int64 {
    /// `self × numerator ÷ denominator` rounded down, with its remainder, through 128 bits. Nothing here is negative.
    func scaled(by numerator: Int64, over denominator: Int64) throws(ArithmeticOverflow) -> (Int64, remainder: Int64) {
        guard self >= 0, numerator >= 0, denominator > 0 else { throw ArithmeticOverflow() }
        let product = magnitude.multipliedFullWidth(by: numerator.magnitude)
        guard product.high < denominator.magnitude else { throw ArithmeticOverflow() }
        let (quotient, remainder) = denominator.magnitude.dividingFullWidth(product)
        guard let result = Int64(exactly: quotient), let rest = Int64(exactly: remainder) else {
            throw ArithmeticOverflow()
        }
        return (result, rest)
    }

    /// The same, rounded half up: how tax is rounded.
    func scaledHalfUp(by numerator: Int64, over denominator: Int64) throws(ArithmeticOverflow) -> Int64 {
        let (result, remainder) = try scaled(by: numerator, over: denominator)
        return remainder >= denominator - remainder ? try result.plus(1) : result
    }

    /// The same, rounded half up to whole steps of a currency.
    func scaledHalfUp(
        by numerator: Int64, over denominator: Int64, step: Int64
    ) throws(ArithmeticOverflow) -> Int64 {
        try scaledHalfUp(by: numerator, over: try denominator.times(step)).times(step)
    }

    /// `self × part ÷ whole` rounded down to whole steps: what the first `part` of `whole` equal pieces come to.
    ///
    /// Taken as differences of these sums, any way of handing out the pieces adds up to `self`.
    func ofFirst(_ part: Int64, of whole: Int64, step: Int64) throws(ArithmeticOverflow) -> Int64 {
        part == whole ? self : try (self / step).scaled(by: part, over: whole).0.times(step)
    }
}
