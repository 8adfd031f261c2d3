/// A whole menu to begin with.
public struct MenuSeed: Sendable {
    public let taxClasses: [TaxClass]
    public let groups: [Group]
    public let categories: [Category]

    public init(taxClasses: [TaxClass], groups: [Group], categories: [Category]) {
        self.taxClasses = taxClasses
        self.groups = groups
        self.categories = categories
    }

    public struct TaxClass: Sendable {
        let id: String
        let name: String
        let rates: [Fulfilment: TaxRate]

        public init(_ id: String, _ name: String, rates: [Fulfilment: TaxRate]) {
            self.id = id
            self.name = name
            self.rates = rates
        }
    }

    public struct Category: Sendable {
        let id: String
        let name: String
        let description: String
        let drawing: String
        public let items: [MenuSeedItem]

        public init(_ id: String, _ name: String, _ description: String, drawing: String, items: [MenuSeedItem]) {
            self.id = id
            self.name = name
            self.description = description
            self.drawing = drawing
            self.items = items
        }
    }

    public struct Group: Sendable {
        public let id: String
        let name: String
        let choices: ClosedRange<Int64>
        public let options: [Option]

        public init(_ id: String, _ name: String, choose choices: ClosedRange<Int64>, _ options: [Option]) {
            self.id = id
            self.name = name
            self.choices = choices
            self.options = options
        }
    }

    public struct Option: Sendable {
        let id: String
        let name: String
        let priceMinor: Int64
        let maxQuantity: Int64
        let isSoldOut: Bool

        public init(_ id: String, _ name: String, _ priceMinor: Int64 = 0, upTo: Int64 = 1, isSoldOut: Bool = false) {
            self.id = id
            self.name = name
            self.priceMinor = priceMinor
            maxQuantity = upTo
            self.isSoldOut = isSoldOut
        }
    }
}

/// One item of a seed, told as a sentence: `MenuSeedItem("mocha", "Mocha", 540, "…").contains("milk").choose("milk")`.
public struct MenuSeedItem: Sendable {
    let id: String
    private(set) var item: ItemDraft
    private(set) var groupIDs: [String] = []

    public init(_ id: String, _ name: String, _ priceMinor: Int64, _ description: String) {
        self.id = id
        item = ItemDraft(
            categoryID: "", name: name, description: description, priceMinor: priceMinor, taxClassID: "prepared",
            drawing: "", dietary: [], allergens: [], prepSeconds: 60, station: "bar", stockCount: nil,
            availability: .onMenu)
    }

    public func suits(_ diets: String...) -> MenuSeedItem {
        with { $0.item.dietary = MenuWords.dietary.filter(diets.contains) }
    }

    public func contains(_ allergens: String...) -> MenuSeedItem {
        with { $0.item.allergens = MenuWords.allergens.filter(allergens.contains) }
    }

    public func takes(_ seconds: Int64, at station: String) -> MenuSeedItem {
        with {
            $0.item.prepSeconds = seconds
            $0.item.station = station
        }
    }

    public func drawn(as drawing: String) -> MenuSeedItem {
        with { $0.item.drawing = drawing }
    }

    public func taxed(as taxClassID: String) -> MenuSeedItem {
        with { $0.item.taxClassID = taxClassID }
    }

    public func counted(_ stock: Int64) -> MenuSeedItem {
        with { $0.item.stockCount = stock }
    }

    public func soldOut() -> MenuSeedItem {
        with { $0.item.availability = .soldOut(until: nil) }
    }

    public func choose(_ groupIDs: String...) -> MenuSeedItem {
        with { $0.groupIDs = groupIDs }
    }

    private func with(_ change: (inout MenuSeedItem) -> Void) -> MenuSeedItem {
        var copy = self
        change(&copy)
        return copy
    }
}
