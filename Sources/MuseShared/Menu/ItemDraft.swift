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

    /// What changed from `other` to this, field by field.
    func difference(from other: ItemDraft) -> Difference {
        var difference = Difference()
        difference.note("categoryId", from: .text(other.categoryID), to: .text(categoryID))
        difference.note("name", from: .text(other.name), to: .text(name))
        difference.note("description", from: .text(other.description), to: .text(description))
        difference.note("priceMinor", from: .number(other.priceMinor), to: .number(priceMinor))
        difference.note("taxClassId", from: .text(other.taxClassID), to: .text(taxClassID))
        difference.note("drawing", from: .text(other.drawing), to: .text(drawing))
        difference.note("dietary", from: .texts(other.dietary), to: .texts(dietary))
        difference.note("allergens", from: .texts(other.allergens), to: .texts(allergens))
        difference.note("prepSeconds", from: .number(other.prepSeconds), to: .number(prepSeconds))
        difference.note("station", from: .text(other.station), to: .text(station))
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
