/// What somebody wants to be different about a promo code; what is nil stays.
public struct PromoChange: Sendable, Equatable {
    public var code: String?
    public var note: String?
    public var reduction: PromoCode.Reduction?
    /// The inner nil takes the limit away, here and below.
    public var startsAt: Timestamp??
    public var endsAt: Timestamp??
    public var minimumSubtotalMinor: Int64?
    public var maxUses: Int64??
    public var maxUsesPerPerson: Int64??
    public var categoryIDs: [String]?
    public var itemIDs: [String]?
    public var isActive: Bool?

    public init() {}

    func applied(to terms: PromoCode.Terms) -> PromoCode.Terms {
        var result = terms
        if let code { result.code = PromoCode.normalized(code) }
        if let note { result.note = note }
        if let reduction { result.reduction = reduction }
        if let startsAt { result.startsAt = startsAt }
        if let endsAt { result.endsAt = endsAt }
        if let minimumSubtotalMinor { result.minimumSubtotalMinor = minimumSubtotalMinor }
        if let maxUses { result.maxUses = maxUses }
        if let maxUsesPerPerson { result.maxUsesPerPerson = maxUsesPerPerson }
        if let categoryIDs { result.categoryIDs = Array(Set(categoryIDs)).sorted() }
        if let itemIDs { result.itemIDs = Array(Set(itemIDs)).sorted() }
        if let isActive { result.isActive = isActive }
        return result
    }
}

extension PromoCode {
    /// Why a code can't be called so, as it was typed; nil if it can.
    public static func problem(ofCode typed: String) -> FieldError? {
        normalized(typed).wholeMatch(of: /[A-Z0-9][A-Z0-9_-]{2,39}/) == nil
            ? FieldError("code", "Use 3 to 40 letters without accents, digits, - or _.") : nil
    }
}

extension PromoCode.Terms {
    static let amounts: ClosedRange<Int64> = 1...100_000_000
    static let counts: ClosedRange<Int64> = 1...1_000_000
    static let mostSubjects = 200

    /// What no code may be, by field.
    func problems(in currency: Currency, uses: Int64) -> [FieldError] {
        var problems: [FieldError] = []
        let most = Money(minor: Self.amounts.upperBound, currency: currency).formatted
        if let problem = PromoCode.problem(ofCode: code) { problems.append(problem) }
        if note.count > 200 { problems.append(FieldError("note", "A note has at most 200 characters.")) }
        switch reduction {
        case .percent(let millionths):
            if !(1...1_000_000).contains(millionths) {
                problems.append(FieldError("percent", "A percentage is above 0 and at most 100."))
            }
        case .fixed(let minor):
            if !Self.amounts.contains(minor) || minor % currency.stepMinor != 0 {
                problems.append(FieldError("amountMinor", "An amount is above nothing and at most \(most)."))
            }
        }
        if !(0...100_000_000).contains(minimumSubtotalMinor) {
            problems.append(FieldError("minimumSubtotalMinor", "A minimum is between nothing and \(most)."))
        }
        if let startsAt, let endsAt, endsAt <= startsAt {
            problems.append(FieldError("endsAt", "It ends before it begins."))
        }
        return problems + limitProblems(uses: uses)
    }

    private func limitProblems(uses: Int64) -> [FieldError] {
        var problems: [FieldError] = []
        if let maxUses, !Self.counts.contains(maxUses) {
            problems.append(FieldError("maxUses", "A limit is between 1 and a million, or empty."))
        } else if let maxUses, maxUses < uses {
            problems.append(
                FieldError("maxUses", "It has been used \(uses) times already. To end it now, switch it off."))
        }
        if let maxUsesPerPerson, !Self.counts.contains(maxUsesPerPerson) {
            problems.append(FieldError("maxUsesPerPerson", "A limit is between 1 and a million, or empty."))
        }
        if categoryIDs.count + itemIDs.count > Self.mostSubjects {
            problems.append(FieldError("itemIds", "A code is for at most \(Self.mostSubjects) things, or for all."))
        }
        return problems
    }

    /// What changed from `other` to this, field by field.
    func difference(from other: PromoCode.Terms?) -> Difference {
        var difference = Difference()
        func note(_ field: String, _ value: (PromoCode.Terms) -> DifferenceValue) {
            difference.note(field, from: other.map(value) ?? .none, to: value(self))
        }
        note("code") { .text($0.code) }
        note("note") { .text($0.note) }
        note("percentMillionths") { DifferenceValue($0.percentMillionths) }
        note("amountMinor") { DifferenceValue($0.amountMinor) }
        note("startsAt") { DifferenceValue($0.startsAt) }
        note("endsAt") { DifferenceValue($0.endsAt) }
        note("minimumSubtotalMinor") { .number($0.minimumSubtotalMinor) }
        note("maxUses") { DifferenceValue($0.maxUses) }
        note("maxUsesPerPerson") { DifferenceValue($0.maxUsesPerPerson) }
        note("categoryIds") { .texts($0.categoryIDs) }
        note("itemIds") { .texts($0.itemIDs) }
        note("isActive") { .flag($0.isActive) }
        return difference
    }

    public var percentMillionths: Int64? {
        if case .percent(let millionths) = reduction { millionths } else { nil }
    }

    public var amountMinor: Int64? {
        if case .fixed(let minor) = reduction { minor } else { nil }
    }
}
