import MuseShared

/// A menu of the size that benchmarks are held to: 120 items, 40 modifier groups and 400 options in all, with the names
/// of a house that takes its card seriously.
enum RichContent {
    static let items = 120
    static let groups = 40
    static let options = 400

    /// What has to come on top of what is there already.
    static func menu(beside plain: MenuSeed) -> MenuSeed {
        let missing = max(0, items - plain.categories.reduce(0) { $0 + $1.items.count })
        let groups = groups(count: max(0, Self.groups - plain.groups.count), beside: plain)
        return MenuSeed(
            taxClasses: plain.taxClasses, groups: groups, categories: categories(missing, groups.map(\.id)))
    }

    // MARK: Choices

    private static let choices = [
        "Beans", "Grind", "Temperature", "Sweetness", "Foam", "Spices", "Cup", "Second shot", "Bread", "Spread", "Egg",
        "Side", "Greens", "Dressing", "Cheese", "Sauce", "Grain", "Protein", "Heat", "Portion", "Ice", "Garnish",
        "Mixer", "Glass", "Vintage", "Pour", "Bitters", "Rim", "Tea leaves", "Steeping", "Honey", "Fruit", "Nuts",
        "Cream", "Crust", "Filling", "Glaze", "Topping", "Plate", "Cutlery",
    ]
    private static let manners = [
        "House", "Classic", "Light", "Full", "Seasonal", "Smoked", "Spiced", "Roasted", "Fresh", "Double", "Mild",
        "Bright",
    ]

    private static func groups(count: Int, beside plain: MenuSeed) -> [MenuSeed.Group] {
        let wanted = max(0, options - plain.groups.reduce(0) { $0 + $1.options.count })
        return choices.prefix(count).enumerated().map { place, name in
            // The options are dealt out evenly; the first groups take what does not divide.
            let mine = wanted / max(1, count) + (place < wanted % max(1, count) ? 1 : 0)
            let options = (0..<mine).map { number in
                MenuSeed.Option(
                    "rich-\(place)-\(number)", "\(manners[number % manners.count]) \(name.lowercased())",
                    Int64(number % 4) * 40, upTo: number % 3 == 0 ? 2 : 1)
            }
            return MenuSeed.Group("rich-\(place)", name, choose: place % 3 == 0 ? 1...1 : 0...3, options)
        }
    }

    // MARK: Items

    private static let sections: [(id: String, name: String, drawing: String, station: String, things: [String])] = [
        (
            "rich-brew", "From the roastery", "cup", "bar",
            ["pour-over", "siphon", "cold drip", "cortado", "café crème"]
        ),
        ("rich-leaf", "Tea house", "cup", "bar", ["oolong", "sencha", "darjeeling", "pu-erh", "chai"]),
        ("rich-morning", "Morning plates", "plate", "kitchen", ["omelette", "porridge", "toast", "granola", "hash"]),
        ("rich-oven", "Oven and hearth", "pastry", "oven", ["brioche", "galette", "tart", "focaccia", "babka"]),
        ("rich-lunch", "Lunch counter", "bowl", "kitchen", ["grain bowl", "salad", "sandwich", "broth", "quiche"]),
        ("rich-evening", "Evening plates", "plate", "kitchen", ["risotto", "gnocchi", "trout", "short rib", "ragù"]),
        ("rich-sweet", "Sweets", "pastry", "oven", ["panna cotta", "sorbet", "clafoutis", "éclair", "pavlova"]),
        ("rich-bar", "Late bar", "glass", "bar", ["sour", "spritz", "highball", "old fashioned", "punch"]),
    ]
    private static let kinds = ["Camden", "Orchard", "Harbour", "Garden", "Copper", "Juniper", "Midnight", "Sunday"]

    private static func categories(_ count: Int, _ groups: [String]) -> [MenuSeed.Category] {
        sections.enumerated().map { place, section in
            let mine = count / sections.count + (place < count % sections.count ? 1 : 0)
            let items = (0..<mine).map { number -> MenuSeedItem in
                let thing = section.things[number % section.things.count]
                let kind = kinds[(number / section.things.count + place) % kinds.count]
                let item = MenuSeedItem(
                    "\(section.id)-\(number)", "\(kind) \(thing)", Int64(450 + (place * 7 + number * 3) % 40 * 25),
                    "Our \(thing) in the \(kind.lowercased()) manner, made when you order it."
                )
                .takes(Int64(40 + number * 15), at: section.station)
                guard !groups.isEmpty else { return item }
                let first = (place * 5 + number * 2) % groups.count
                return item.choose(groups[first], groups[(first + 1) % groups.count])
            }
            return MenuSeed.Category(
                section.id, section.name, "\(section.name), as the day goes.", drawing: section.drawing, items: items)
        }
    }
}
