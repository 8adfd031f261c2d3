import Foundation

/// What somebody wants to be different about an item; what is nil stays.
public struct ItemChange: Sendable, Equatable {
    public var categoryID: String?
    public var name: String?
    public var description: String?
    public var priceMinor: Int64?
    public var taxClassID: String?
    public var drawing: String?
    public var dietary: [String]?
    public var allergens: [String]?
    public var prepSeconds: Int64?
    public var station: String?
    /// The inner nil means that the item is no longer counted.
    public var stockCount: Int64??
    public var available: Bool?
    /// All of its modifier groups, in their order.
    public var groupIDs: [String]?
    public var isArchived: Bool?

    public init() {}

    static let names = 1...90
    static let longestDescription = 500
    static let prices: ClosedRange<Int64> = 0...100_000_000
    static let prepTimes: ClosedRange<Int64> = 0...14_400
    static let stocks: ClosedRange<Int64> = 0...1_000_000

    /// What no menu would allow, by field.
    var problems: [FieldError] {
        var problems: [FieldError] = []
        if let name, !Self.names.contains(name.count) {
            problems.append(
                FieldError("name", name.isEmpty ? "An item needs a name." : "A name has at most 90 characters."))
        }
        if let description, description.count > Self.longestDescription {
            problems.append(
                FieldError("description", "A description has at most \(Self.longestDescription) characters."))
        }
        if let priceMinor, !Self.prices.contains(priceMinor) {
            problems.append(FieldError("priceMinor", "A price is between nothing and a million."))
        }
        if let prepSeconds, !Self.prepTimes.contains(prepSeconds) {
            problems.append(FieldError("prepSeconds", "Work is between 0 and 14400 seconds."))
        }
        if let stock = stockCount ?? nil, !Self.stocks.contains(stock) {
            problems.append(FieldError("stockCount", "A count is between 0 and a million."))
        }
        return problems + listProblems
    }

    private var listProblems: [FieldError] {
        var problems: [FieldError] = []
        if let dietary, let wrong = dietary.first(where: { !MenuWords.dietary.contains($0) }) {
            problems.append(
                FieldError(
                    "dietary", "“\(wrong.prefix(40))” is not one of: \(MenuWords.dietary.joined(separator: ", "))."))
        }
        if let allergens, let wrong = allergens.first(where: { !MenuWords.allergens.contains($0) }) {
            problems.append(
                FieldError(
                    "allergens", "“\(wrong.prefix(40))” is not one of: \(MenuWords.allergens.joined(separator: ", ")).")
            )
        }
        if let station, !MenuWords.stations.contains(station) {
            problems.append(
                FieldError("station", "A station is one of: \(MenuWords.stations.joined(separator: ", "))."))
        }
        if let drawing, !drawing.isEmpty, !MenuWords.drawings.contains(drawing) {
            problems.append(
                FieldError("drawing", "A drawing is one of: \(MenuWords.drawings.joined(separator: ", "))."))
        }
        return problems
    }

    func applied(to item: ItemDraft) -> ItemDraft {
        var item = item
        if let categoryID { item.categoryID = categoryID }
        if let name { item.name = name }
        if let description { item.description = description }
        if let priceMinor { item.priceMinor = priceMinor }
        if let taxClassID { item.taxClassID = taxClassID }
        if let drawing { item.drawing = drawing }
        if let dietary { item.dietary = MenuWords.dietary.filter(dietary.contains) }
        if let allergens { item.allergens = MenuWords.allergens.filter(allergens.contains) }
        if let prepSeconds { item.prepSeconds = prepSeconds }
        if let station { item.station = station }
        if let groupIDs { item.groupIDs = groupIDs }
        if let stockCount { item.stockCount = stockCount }
        // An item that is sold out until a time and was not touched keeps that time.
        if let available, available != item.availability.isOnMenu {
            item.availability = available ? .onMenu : .soldOut(until: nil)
        }
        return item
    }
}

/// The words that a menu chooses from.
public enum MenuWords {
    public static let dietary = ["vegan", "vegetarian", "gluten-free", "lactose-free", "halal", "alcohol-free"]
    /// The fourteen of Regulation (EU) No 1169/2011, Annex II, in its order.
    public static let allergens = [
        "gluten", "crustaceans", "eggs", "fish", "peanuts", "soybeans", "milk", "nuts", "celery", "mustard", "sesame",
        "sulphites", "lupin", "molluscs",
    ]
    public static let stations = ["bar", "kitchen", "oven"]
    /// Names in the sheet of still lifes.
    public static let drawings = [
        "cup", "glass", "plate", "bowl", "bottle", "pastry", "instrument", "vinyl", "candle", "ticket",
    ]
}
