/// The published menu as `GET /api/menu` tells it.
public struct Menu: Sendable, Encodable {
    public let version: Int64
    /// ISO 4217.
    public let currency: String
    public let categories: [MenuCategory]
}

public struct MenuCategory: Sendable, Encodable {
    public let id: String
    public let name: String
    public let description: String
    /// Which drawing stands in for a photo.
    public let drawing: String
    public let items: [MenuItem]
    /// `Served 8:00 AM–11:30 AM`, if the category has hours of its own.
    public var servedWords: String?
}

public struct MenuItem: Sendable, Encodable {
    public let id: String
    public let name: String
    public let description: String
    public let priceMinor: Int64
    /// False when sold out by hand, until a time, or because the counted stock is gone, and outside its hours.
    public let available: Bool
    /// When it returns by itself, if that is known.
    public let returnsAt: Timestamp?
    public let drawing: String
    /// Nil: the drawing is shown.
    public var image: PublishedPhoto?
    public let dietary: [String]
    public let allergens: [String]
    public let modifierGroups: [ModifierGroup]
    /// What the kitchen and the till need; not part of the public shape.
    public let kitchen: Kitchen
    /// `Sold out, back Mon 23 Nov, 5:00 PM`; nil while it is not sold out.
    public var notice: String?
    /// `Served 8:00 AM–11:30 AM`, by its own hours or its category's; nil if it is served at any time.
    public var servedWords: String?
    /// The hours are its own: the category does not tell them.
    public var hasOwnHours = false
    /// What `available` was told from; asked again for the time at which an order is wanted.
    public var serving = ItemServing()

    public struct Kitchen: Sendable {
        public let taxClassID: String
        public let prepSeconds: Int64
        public let station: String
        /// Nil when the item is not counted.
        public let stockCount: Int64?
        public let isSoldOut: Bool
    }

    enum CodingKeys: CodingKey {
        case id, name, description, priceMinor, available, returnsAt, drawing, image, dietary, allergens,
            modifierGroups
        case notice, servedWords
    }

    /// Whether it can be had then; nil is now.
    public func isAvailable(at time: Timestamp?) -> Bool {
        time.map { serving.obstacle(at: $0) == nil } ?? available
    }
}

public struct ModifierGroup: Sendable, Encodable {
    public let id: String
    public let name: String
    public let min: Int64
    public let max: Int64
    public let options: [ModifierOption]
}

public struct ModifierOption: Sendable, Encodable {
    public let id: String
    public let name: String
    /// Added to the item's price, for each one chosen.
    public let priceMinor: Int64
    public let available: Bool
    /// How many of it one portion may have.
    public let maxQuantity: Int64
    /// When a sold-out option returns by itself, if that is known.
    public var returnsAt: Timestamp?

    /// Whether it can be had then; nil is now.
    public func isAvailable(at time: Timestamp?) -> Bool {
        guard !available, let time, let returnsAt else { return available }
        return returnsAt <= time
    }
}

/// How a tax class is taxed at the counter or at a table.
public struct TaxRate: Sendable, Hashable {
    public let name: String
    /// 82500 is 8.25 %.
    public let millionths: Int64
    /// The price holds the tax already.
    public let isInclusive: Bool

    public init(name: String, millionths: Int64, isInclusive: Bool) {
        self.name = name
        self.millionths = millionths
        self.isInclusive = isInclusive
    }
}

/// Where an order is handed over.
public enum Fulfilment: String, Sendable, Codable, CaseIterable {
    case pickup, dineIn
}
