import MuseShared

/// The groups of choices that items share.
enum ChoiceContent {
    static let groups = drinks + food

    private static let drinks = [
        MenuSeed.Group(
            "size", "Size", choose: 1...1,
            [
                .init("size-small", "Small, 8 oz"), .init("size-regular", "Regular, 12 oz", 60),
                .init("size-large", "Large, 16 oz", 110),
            ]),
        MenuSeed.Group(
            "milk", "Milk", choose: 1...1,
            [
                .init("milk-whole", "Whole milk"), .init("milk-skim", "Skim milk"), .init("milk-oat", "Oat", 80),
                .init("milk-almond", "Almond", 80), .init("milk-coconut", "Coconut", 80, isSoldOut: true),
            ]),
        MenuSeed.Group(
            "shots", "Extra shots", choose: 0...2,
            [.init("shot-extra", "Another shot", 120, upTo: 2), .init("shot-decaf", "Make it decaf", 50)]),
        MenuSeed.Group(
            "syrup", "Syrup", choose: 0...2,
            [
                .init("syrup-vanilla", "Vanilla, made here", 70), .init("syrup-maple", "Maple", 70),
                .init("syrup-cardamom", "Cardamom and brown sugar", 70),
            ]),
        MenuSeed.Group("ice", "Ice", choose: 0...1, [.init("ice-light", "Light ice"), .init("ice-none", "No ice")]),
        MenuSeed.Group(
            "pour", "Pour", choose: 1...1,
            [
                .init("pour-glass", "Glass"), .init("pour-carafe", "Carafe, 500 ml", 1900),
                .init("pour-bottle", "Bottle", 3100),
            ]),
    ]

    private static let food = [
        MenuSeed.Group(
            "eggs", "Eggs", choose: 1...1,
            [
                .init("eggs-soft", "Scrambled, soft"), .init("eggs-poached", "Poached"),
                .init("eggs-fried", "Fried, runny"), .init("eggs-hard", "Fried, firm"),
            ]),
        MenuSeed.Group(
            "cooking", "Cooking", choose: 1...1,
            [
                .init("cooking-medium-rare", "Medium rare"), .init("cooking-medium", "Medium"),
                .init("cooking-well", "Well done"),
            ]),
        MenuSeed.Group(
            "bread", "Bread", choose: 1...1,
            [
                .init("bread-sourdough", "Sourdough"), .init("bread-rye", "Seeded rye"),
                .init("bread-gluten-free", "Gluten-free loaf", 150),
            ]),
        MenuSeed.Group(
            "sides", "Sides", choose: 0...3,
            [
                .init("side-potatoes", "Crisp potatoes", 450), .init("side-greens", "Leaves and lemon", 400),
                .init("side-avocado", "Half an avocado", 350), .init("side-bacon", "Smoked bacon", 500, upTo: 2),
            ]),
        MenuSeed.Group(
            "protein", "Add to it", choose: 0...2,
            [
                .init("protein-egg", "Soft egg", 250), .init("protein-chicken", "Roast chicken", 550),
                .init("protein-tofu", "Sesame tofu", 450),
            ]),
        MenuSeed.Group("warm", "Warmed", choose: 0...1, [.init("warm-yes", "Warm it for me")]),
    ]
}
