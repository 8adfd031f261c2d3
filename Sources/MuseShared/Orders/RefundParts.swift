/// What an amount of an order's money is made of: price, discounts and tax by tax rate, and tip.
///
/// The whole order is one of these. Each refund takes one out of what is left, never more of a part than is there; so the
/// parts of all refunds of an order that went back entirely are the order's own, to the unit, in whatever order they were
/// made and whichever of them failed in between.
public struct RefundParts: Sendable, Equatable {
    public struct Rate: Sendable, Equatable {
        public let taxName: String
        public let rateMillionths: Int64
        public let isInclusive: Bool
        public var grossMinor: Int64 = 0
        public var discountMinor: Int64 = 0
        /// On top of the price, or in it if inclusive.
        public var taxMinor: Int64 = 0

        var netMinor: Int64 { grossMinor - discountMinor }
        public var amountMinor: Int64 { netMinor + (isInclusive ? 0 : taxMinor) }
    }

    /// In the order in which the order's lines name them.
    public internal(set) var rates: [Rate]
    public internal(set) var tipMinor: Int64

    public var amountMinor: Int64 { rates.reduce(tipMinor) { $0 + $1.amountMinor } }
    public var grossMinor: Int64 { rates.reduce(0) { $0 + $1.grossMinor } }
    public var discountMinor: Int64 { rates.reduce(0) { $0 + $1.discountMinor } }
    /// On top of the prices.
    public var taxMinor: Int64 { rates.reduce(0) { $0 + ($1.isInclusive ? 0 : $1.taxMinor) } }
    public var includedTaxMinor: Int64 { rates.reduce(0) { $0 + ($1.isInclusive ? $1.taxMinor : 0) } }

    /// The whole order.
    init(_ derivation: Derivation) {
        self.init(emptyLike: derivation)
        tipMinor = derivation.totals.tipMinor
        for line in derivation.lines {
            add(to: line, gross: line.grossMinor, discount: line.discountMinor, tax: line.taxMinor)
        }
    }

    /// The rates of an order, and nothing of them.
    init(emptyLike derivation: Derivation) {
        rates = []
        tipMinor = 0
        for line in derivation.lines where place(of: line) == nil {
            rates.append(
                Rate(
                    taxName: line.taxName, rateMillionths: line.taxRateMillionths, isInclusive: line.isTaxInclusive))
        }
    }

    private func place(of line: Derivation.Line) -> Int? {
        rates.firstIndex {
            $0.taxName == line.taxName && $0.rateMillionths == line.taxRateMillionths
                && $0.isInclusive == line.isTaxInclusive
        }
    }

    mutating func add(to line: Derivation.Line, gross: Int64, discount: Int64, tax: Int64) {
        guard let place = place(of: line) else { return }
        rates[place].grossMinor += gross
        rates[place].discountMinor += discount
        rates[place].taxMinor += tax
    }

    /// With those of the same order added, or taken out if `sign` is −1.
    func combined(with other: RefundParts, sign: Int64 = 1) -> RefundParts {
        var sum = self
        sum.tipMinor += sign * other.tipMinor
        for rate in other.rates {
            guard
                let place = rates.firstIndex(where: {
                    $0.taxName == rate.taxName && $0.rateMillionths == rate.rateMillionths
                        && $0.isInclusive == rate.isInclusive
                })
            else { continue }
            sum.rates[place].grossMinor += sign * rate.grossMinor
            sum.rates[place].discountMinor += sign * rate.discountMinor
            sum.rates[place].taxMinor += sign * rate.taxMinor
        }
        return sum
    }

    /// What `amount` of this is made of: what it is wanted for as far as that is there, the rest in proportion from all
    /// that is left, by largest remainder. Nil if this is not as much.
    func taking(_ amount: Int64, for wanted: RefundParts? = nil) throws(ArithmeticOverflow) -> RefundParts? {
        guard amount >= 0, amount <= amountMinor else { return nil }
        // The last one takes what rounding left, and what costs nothing.
        guard amount < amountMinor else { return self }
        let left = rates.map(\.amountMinor) + [tipMinor]
        let wish = wanted.map { $0.rates.map(\.amountMinor) + [$0.tipMinor] } ?? left.map { _ in 0 }
        var shares = zip(wish, left).map { min(max(0, $0), $1) }
        let sum = shares.reduce(0, +)
        if sum > amount {
            shares = try Allocation.split(amount, by: shares)
        } else {
            let more = try Allocation.split(amount - sum, by: zip(left, shares).map { $0 - $1 })
            shares = zip(shares, more).map { $0 + $1 }
        }
        var taken = self
        for place in rates.indices {
            taken.rates[place] = try rates[place].taking(shares[place], for: wanted?.rates[place])
        }
        taken.tipMinor = shares[rates.count]
        return taken
    }
}

extension RefundParts.Rate {
    /// - Parameter amount: at most this one's.
    fileprivate func taking(_ amount: Int64, for wanted: Self?) throws(ArithmeticOverflow) -> Self {
        if let wanted, wanted.amountMinor == amount, isHolding(wanted) { return wanted }
        var taken = self
        guard amountMinor > 0, amount < amountMinor else {
            if amount == 0 { taken.clear() }
            return taken
        }
        let net: Int64
        if isInclusive {
            net = amount
            taken.taxMinor = try taxMinor.scaled(by: amount, over: amountMinor).0
        } else {
            let shares = try Allocation.split(amount, by: [netMinor, taxMinor])
            (net, taken.taxMinor) = (shares[0], shares[1])
        }
        taken.discountMinor = try discountMinor.scaled(by: amount, over: amountMinor).0
        taken.grossMinor = try net.plus(taken.discountMinor)
        return taken
    }

    private func isHolding(_ other: Self) -> Bool {
        other.netMinor <= netMinor && other.discountMinor <= discountMinor && other.taxMinor <= taxMinor
    }

    private mutating func clear() {
        (grossMinor, discountMinor, taxMinor) = (0, 0, 0)
    }
}
