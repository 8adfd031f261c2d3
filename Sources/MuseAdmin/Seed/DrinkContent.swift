import MuseShared

/// What the bar makes, from the first espresso to the last glass.
enum DrinkContent {
    static let categories = [coffee, tea, cold, wine, cocktails]

    private static let coffee = MenuSeed.Category(
        "coffee", "Coffee", "Roasted two streets away, ground as you order.", drawing: "cup",
        items: [
            MenuSeedItem("espresso", "Espresso", 320, "Two sips: bitter chocolate, then orange peel.")
                .suits("vegan", "gluten-free").takes(45, at: "bar").choose("shots"),
            MenuSeedItem("cortado", "Cortado", 420, "As much milk as coffee, in a small glass.")
                .suits("vegetarian", "gluten-free").contains("milk").takes(75, at: "bar").choose("milk", "shots"),
            MenuSeedItem("flat-white", "Flat white", 450, "Double ristretto under milk like wet paint.")
                .suits("vegetarian", "gluten-free").contains("milk").takes(90, at: "bar").choose(
                    "milk", "shots", "syrup"),
            MenuSeedItem("latte", "Latte", 440, "The long one, for a morning with a newspaper.")
                .suits("vegetarian", "gluten-free").contains("milk").takes(90, at: "bar")
                .choose("size", "milk", "shots", "syrup"),
            MenuSeedItem("cappuccino", "Cappuccino", 440, "A third foam, a dust of cocoa if you say so.")
                .suits("vegetarian", "gluten-free").contains("milk").takes(90, at: "bar").choose(
                    "size", "milk", "shots"),
            MenuSeedItem("filter", "Filter of the week", 380, "Kenya, washed: blackcurrant and brown sugar.")
                .suits("vegan", "gluten-free").takes(180, at: "bar").choose("size"),
            MenuSeedItem("mocha", "Mocha", 540, "Dark chocolate from a bar, not from a pump.")
                .suits("vegetarian").contains("milk", "soybeans").takes(120, at: "bar").choose("size", "milk", "shots"),
        ])

    private static let tea = MenuSeed.Category(
        "tea", "Tea and others", "In a pot, with time.", drawing: "cup",
        items: [
            MenuSeedItem("black-tea", "Assam", 390, "Malty and strong enough for milk.")
                .suits("vegan", "gluten-free").takes(60, at: "bar"),
            MenuSeedItem("green-tea", "Sencha", 410, "Steeped at 160 °F, so it stays sweet.")
                .suits("vegan", "gluten-free").takes(60, at: "bar"),
            MenuSeedItem("chai", "House chai", 490, "Cardamom, ginger and black pepper, simmered each morning.")
                .suits("vegetarian").contains("milk").takes(90, at: "bar").choose("size", "milk"),
            MenuSeedItem("hot-chocolate", "Hot chocolate", 520, "Thick, not too sweet, a pinch of salt.")
                .suits("vegetarian").contains("milk", "soybeans").takes(120, at: "bar").choose("size", "milk"),
        ])

    private static let cold = MenuSeed.Category(
        "cold", "Cold", "Over one large cube where it matters.", drawing: "glass",
        items: [
            MenuSeedItem("cold-brew", "Cold brew", 480, "Steeped eighteen hours; smooth, with a little cherry.")
                .suits("vegan", "gluten-free").takes(30, at: "bar").choose("size", "syrup", "ice"),
            MenuSeedItem("espresso-tonic", "Espresso tonic", 560, "Bitter on bitter, with a twist of grapefruit.")
                .suits("vegan", "gluten-free").takes(75, at: "bar").choose("ice"),
            MenuSeedItem("lemonade", "Lemonade with thyme", 450, "Pressed here, sharp, cloudy.")
                .suits("vegan", "gluten-free", "alcohol-free").takes(45, at: "bar").choose("ice"),
            MenuSeedItem("kombucha", "Kombucha", 590, "From Carrboro, by the bottle; ask which one today.")
                .suits("vegan", "gluten-free").takes(15, at: "bar").drawn(as: "bottle").counted(18).taxed(
                    as: "grocery"),
        ])

    private static let wine = MenuSeed.Category(
        "wine", "Wine", "Small growers, few sulphites. From five o’clock; bring your identity card.", drawing: "bottle",
        items: [
            MenuSeedItem("txakoli", "Txakoli, Basque Country", 1100, "Salt, green apple, a little prickle.")
                .suits("vegan", "gluten-free").contains("sulphites").takes(30, at: "bar").choose("pour"),
            MenuSeedItem("gamay", "Gamay, Beaujolais", 1200, "Light, cool, raspberry and a wet stone.")
                .suits("vegan", "gluten-free").contains("sulphites").takes(30, at: "bar").choose("pour"),
            MenuSeedItem("orange-wine", "Orange wine, Friuli", 1400, "Two weeks on the skins: tea, apricot, grip.")
                .suits("vegan", "gluten-free").contains("sulphites").takes(30, at: "bar").choose("pour").soldOut(),
        ])

    private static let cocktails = MenuSeed.Category(
        "cocktails", "Cocktails", "From five o’clock, and until the last record.", drawing: "glass",
        items: [
            MenuSeedItem("house-spritz", "Spritz of the house", 1200, "Rhubarb amaro, prosecco, soda, an olive.")
                .suits("vegan").contains("sulphites").takes(120, at: "bar"),
            MenuSeedItem("old-fashioned", "Old fashioned", 1400, "Rye, a sugar cube, patience.")
                .suits("vegan").takes(150, at: "bar"),
            MenuSeedItem("espresso-martini", "Espresso martini", 1400, "With a real espresso, so please wait for it.")
                .suits("vegan").contains("sulphites").takes(180, at: "bar"),
            MenuSeedItem("zero-negroni", "Negroni without", 1100, "All of the bitter, none of the gin.")
                .suits("vegan", "alcohol-free").takes(120, at: "bar"),
        ])
}
