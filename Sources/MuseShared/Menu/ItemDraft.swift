/// One item as staff edit it: what is stored, not what guests are shown.
///
/// A change is computed on this value and then written as a whole, so that a draft that waits to be published and a
/// change that goes live at once are the same thing at different times.
public struct ItemDraft: Sendable, Equatable {
    public var categoryID: String
    public var name: String
    public var description: String
    public var priceMinor: Int64
    public var taxClassID: String
    /// Empty: the category's drawing.
    public var drawing: String
    public var dietary: [String]
    public var allergens: [String]
    public var prepSeconds: Int64
    public var station: String
    /// Nil: not counted.
    public var stockCount: Int64?
    public var availability: ItemAvailability
    /// Its modifier groups, in their order; shared with other items.
    public var groupIDs: [String] = []

    /// What changed from `other` to this, field by field.
    func difference(from other: ItemDraft) -> Difference {
        var difference = Difference()
        for (name, value) in fields { difference.note(name, from: other.fields[name] ?? .none, to: value) }
        difference.note("stockCount", from: DifferenceValue(other.stockCount), to: DifferenceValue(stockCount))
        difference.note(
            "available", from: .flag(other.availability.isOnMenu), to: .flag(availability.isOnMenu))
        difference.note(
            "soldOutUntil", from: DifferenceValue(other.availability.returnsAt),
            to: DifferenceValue(availability.returnsAt))
        return difference
    }
}

/// Whether somebody has taken an item off the menu. Counted stock that ran out is told by the count.
public enum ItemAvailability: Sendable, Equatable {
    case onMenu
    /// Until the time, or until somebody says so.
    case soldOut(until: Timestamp?)

    public var isOnMenu: Bool { self == .onMenu }

    public var returnsAt: Timestamp? {
        if case .soldOut(let until) = self { until } else { nil }
    }
}
