/// What goes back for portions of an order's lines: their price, their share of discounts and of tax, and the tip.
///
/// A pure function of the stored derivation and of what went back before. Refunding every portion, in whatever order and
/// by whatever quantities, gives back exactly the total:
/// - The first `k` of a line's `n` portions come to `amount × k ÷ n`, rounded down; a step brings what went back up to
///   such a sum. So steps don't depend on how the portions were grouped, and the last one takes what rounding had left.
///   What went back is read from what each refund was for, not reckoned from how many portions it were: when a refund
///   fails, its own cents are free again, and the next steps close the line all the same.
/// - The tip thanks for the whole order. It stays while anything of the order stays and goes back with the last portion,
///   unless the caller says how much of it goes back, earlier or never.
/// - What went back as a plain amount, for no line, lowers what later steps give back. No step is negative, and all of
///   them together are never more than was paid. The last portion of all closes the order.
/// - The money that goes back is taken out of what is left of the order's parts: see ``RefundParts``.
public struct RefundSplit: Sendable {
    /// Some portions of one line.
    public struct Portion: Sendable, Equatable {
        /// Place in ``Derivation/lines``.
        public let line: Int
        public let quantity: Int64

        public init(line: Int, quantity: Int64) {
            self.line = line
            self.quantity = quantity
        }
    }

    /// What portions of one line were worth of its discount and tax.
    public struct Worth: Sendable, Equatable {
        public var discountMinor: Int64
        public var taxMinor: Int64
    }

    /// What went back before, on its way included.
    public struct Before: Sendable, Equatable {
        /// Portions by line.
        public var quantities: [Int: Int64]
        /// What they were worth, by line; without it they count as the first ones of their line.
        public var worths: [Int: Worth] = [:]
        /// What all that went back was made of; without it, of everything in proportion.
        public var parts: RefundParts?
        public var tipMinor: Int64
        /// Everything: lines, tip and plain amounts.
        public var amountMinor: Int64

        public init(quantities: [Int: Int64] = [:], tipMinor: Int64 = 0, amountMinor: Int64 = 0) {
            self.quantities = quantities
            self.tipMinor = tipMinor
            self.amountMinor = amountMinor
        }
    }

    public enum Tip: Sendable, Equatable {
        /// All that is left of it, together with the last portion.
        case withLastPortion
        /// This much of it now; 0 keeps it, also with the last portion.
        case amount(Int64)
    }

    /// One line's share of a refund.
    public struct Part: Sendable, Equatable {
        public let line: Int
        public let quantity: Int64
        public let grossMinor: Int64
        public let discountMinor: Int64
        /// Tax on top of the price.
        public let taxMinor: Int64
        /// Tax that the price holds; not in addition.
        public let includedTaxMinor: Int64

        public var amountMinor: Int64 { grossMinor - discountMinor + taxMinor }
        /// Of its line, however the tax is shown.
        var worth: Worth { Worth(discountMinor: discountMinor, taxMinor: taxMinor + includedTaxMinor) }
    }

    public struct Split: Sendable, Equatable {
        public let parts: [Part]
        public let tipMinor: Int64
        /// What of parts and tip had gone back as a plain amount already, and does not go back again.
        public let returnedBeforeMinor: Int64
        /// What goes back now.
        public let amountMinor: Int64
        /// What that is made of; nil if the order has not as much left.
        public let money: RefundParts?
    }

    public enum Refusal: Error, Sendable, Equatable {
        case unknownLine(Int)
        case quantityNotPositive(line: Int)
        /// More portions than are still there.
        case moreThanLeft(line: Int, left: Int64)
        case moreTipThanLeft(leftMinor: Int64)
        /// The amounts are none that an order can have.
        case impossible
    }

    private let derivation: Derivation
    private let step: Int64

    public init(_ derivation: Derivation) {
        self.derivation = derivation
        step = Currency(code: derivation.currency)?.stepMinor ?? 1
    }

    /// - Parameter portions: one line may be named several times; its quantities are summed.
    public func callAsFunction(
        _ portions: [Portion], tip: Tip = .withLastPortion, before: Before = Before()
    ) throws(Refusal) -> Split {
        do {
            let wanted = try demand(portions, before: before)
            var parts: [Part] = []
            for (line, quantity) in wanted.sorted(by: { $0.key < $1.key }) {
                parts.append(try part(line, quantity, before: before))
            }
            let closes = tip == .withLastPortion && isLast(wanted, before)
            let share = try tipShare(tip, isLast: closes, before: before)
            return try split(parts, tip: share, closes: closes, before: before)
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .impossible
        }
    }

    /// Everything that is still there, for a refund of the rest of an order.
    public func rest(before: Before = Before()) throws(Refusal) -> Split {
        let portions = derivation.lines.enumerated().compactMap { index, line in
            let left = line.quantity - Swift.max(0, before.quantities[index] ?? 0)
            return left > 0 ? Portion(line: index, quantity: left) : nil
        }
        let tipLeft = derivation.totals.tipMinor - min(derivation.totals.tipMinor, Swift.max(0, before.tipMinor))
        return try callAsFunction(portions, tip: .amount(tipLeft), before: before)
    }

    private func demand(_ portions: [Portion], before: Before) throws -> [Int: Int64] {
        var wanted: [Int: Int64] = [:]
        for portion in portions {
            guard derivation.lines.indices.contains(portion.line) else { throw Refusal.unknownLine(portion.line) }
            guard portion.quantity > 0 else { throw Refusal.quantityNotPositive(line: portion.line) }
            wanted[portion.line] = try (wanted[portion.line] ?? 0).plus(portion.quantity)
        }
        for (line, quantity) in wanted {
            let bought = derivation.lines[line].quantity
            let left = bought - min(bought, Swift.max(0, before.quantities[line] ?? 0))
            guard quantity <= left else { throw Refusal.moreThanLeft(line: line, left: left) }
        }
        return wanted
    }

    private func part(_ index: Int, _ quantity: Int64, before: Before) throws(ArithmeticOverflow) -> Part {
        let line = derivation.lines[index]
        let start = Swift.max(0, before.quantities[index] ?? 0)
        let first = try worth(ofFirst: start, of: line)
        let gone = before.worths[index] ?? first
        let goal = try worth(ofFirst: start + quantity, of: line)
        let gross = try line.unitPriceMinor.times(quantity)
        // Whatever failed before: neither more discount than is left, nor less price than the line can still bear.
        let netGone = try line.unitPriceMinor.times(start).minus(gone.discountMinor)
        let least = Swift.max(0, gross - (line.grossMinor - line.discountMinor - netGone))
        let discount = min(
            Swift.max(goal.discountMinor - gone.discountMinor, least), gross, line.discountMinor - gone.discountMinor)
        let tax = Swift.max(0, goal.taxMinor - gone.taxMinor)
        return Part(
            line: index, quantity: quantity, grossMinor: gross, discountMinor: discount,
            taxMinor: line.isTaxInclusive ? 0 : tax, includedTaxMinor: line.isTaxInclusive ? tax : 0)
    }

    private func worth(ofFirst portions: Int64, of line: Derivation.Line) throws(ArithmeticOverflow) -> Worth {
        Worth(
            discountMinor: try line.discountMinor.ofFirst(portions, of: line.quantity, step: step),
            taxMinor: try line.taxMinor.ofFirst(portions, of: line.quantity, step: step))
    }

    private func isLast(_ wanted: [Int: Int64], _ before: Before) -> Bool {
        derivation.lines.enumerated().allSatisfy { index, line in
            Swift.max(0, before.quantities[index] ?? 0) >= line.quantity - (wanted[index] ?? 0)
        }
    }

    private func tipShare(_ tip: Tip, isLast: Bool, before: Before) throws(Refusal) -> Int64 {
        let gone = Swift.max(0, before.parts?.tipMinor ?? before.tipMinor)
        let left = Swift.max(0, derivation.totals.tipMinor - gone)
        switch tip {
        case .amount(let amount):
            guard (0...left).contains(amount) else { throw .moreTipThanLeft(leftMinor: left) }
            return amount
        case .withLastPortion: return isLast ? left : 0
        }
    }

    /// Holds the step against what is left of the payment: a plain amount that went back before is not paid twice.
    private func split(
        _ parts: [Part], tip: Int64, closes: Bool, before: Before
    ) throws(ArithmeticOverflow) -> Split {
        var due = tip
        for part in parts { due = try due.plus(part.amountMinor) }
        let left = Swift.max(0, try derivation.totals.totalMinor.minus(before.amountMinor))
        let amount = closes ? left : min(due, left)
        var wanted = RefundParts(emptyLike: derivation)
        wanted.tipMinor = tip
        for part in parts {
            wanted.add(
                to: derivation.lines[part.line], gross: part.grossMinor, discount: part.discountMinor,
                tax: part.taxMinor + part.includedTaxMinor)
        }
        return Split(
            parts: parts, tipMinor: tip, returnedBeforeMinor: Swift.max(0, due - amount), amountMinor: amount,
            money: try leftParts(before).taking(amount, for: wanted))
    }

    /// What is left of the order's parts.
    private func leftParts(_ before: Before) throws(ArithmeticOverflow) -> RefundParts {
        let whole = RefundParts(derivation)
        if let parts = before.parts { return whole.combined(with: parts, sign: -1) }
        let gone = min(Swift.max(0, before.amountMinor), whole.amountMinor)
        return try whole.taking(gone).map { whole.combined(with: $0, sign: -1) } ?? whole
    }

    /// What a plain amount is made of, after what went back before; nil if the order has not as much left.
    func money(ofAmount minor: Int64, before: Before) throws -> RefundParts? {
        try leftParts(before).taking(minor)
    }
}
