import MuseShared

/// What comes out of the oven and the kitchen.
enum FoodContent {
    static let categories = [bakery, breakfast, plates, sweets]

    private static let bakery = MenuSeed.Category(
        "bakery", "From the oven", "Until they are gone, which is mostly by noon.", drawing: "pastry",
        items: [
            MenuSeedItem("croissant", "Butter croissant", 380, "Three days in the making, eaten in three minutes.")
                .suits("vegetarian").contains("gluten", "milk", "eggs").takes(20, at: "oven").choose("warm").counted(
                    24),
            MenuSeedItem("cardamom-knot", "Cardamom knot", 420, "Sticky at the edges, soft in the middle.")
                .suits("vegetarian").contains("gluten", "milk").takes(20, at: "oven").choose("warm").counted(12),
            MenuSeedItem("cheddar-biscuit", "Cheddar and chive biscuit", 440, "Split, with salted butter.")
                .suits("vegetarian").contains("gluten", "milk").takes(30, at: "oven").choose("warm"),
            MenuSeedItem("banana-bread", "Banana bread", 450, "Dark, with walnuts; a thick slice.")
                .suits("vegan").contains("gluten", "nuts").takes(30, at: "oven").choose("warm"),
            MenuSeedItem("sourdough-loaf", "Sourdough loaf", 900, "Two pounds, to take home. Keeps for four days.")
                .suits("vegan").contains("gluten").takes(10, at: "oven").taxed(as: "grocery").counted(8),
        ])

    private static let breakfast = MenuSeed.Category(
        "breakfast", "Breakfast", "All day, because mornings differ.", drawing: "plate",
        items: [
            MenuSeedItem("eggs-on-toast", "Eggs on toast", 1150, "Brown butter, chives, a heap of greens.")
                .suits("vegetarian").contains("gluten", "eggs", "milk").takes(420, at: "kitchen")
                .choose("eggs", "bread", "sides"),
            MenuSeedItem("avocado-toast", "Avocado, lemon, chili", 1200, "On toast, with radish and sesame.")
                .suits("vegan").contains("gluten", "sesame").takes(300, at: "kitchen").choose("bread", "protein"),
            MenuSeedItem("granola", "Granola and yogurt", 950, "Pecans, cherries, honey from a neighbor’s roof.")
                .suits("vegetarian").contains("gluten", "milk", "nuts").takes(120, at: "kitchen").drawn(as: "bowl"),
            MenuSeedItem(
                "shrimp-grits", "Shrimp and grits", 1650, "Stone-ground, with country ham and hot sauce on the side."
            )
            .suits("gluten-free").contains("crustaceans", "milk", "celery").takes(600, at: "kitchen")
            .drawn(as: "bowl").choose("sides"),
        ])

    private static let plates = MenuSeed.Category(
        "plates", "Plates and bowls", "The kitchen works from eleven to ten.", drawing: "bowl",
        items: [
            MenuSeedItem(
                "tomato-soup", "Tomato soup, grilled cheese", 1200, "The one from your childhood, with better cheese."
            )
            .suits("vegetarian").contains("gluten", "milk", "celery").takes(480, at: "kitchen").choose("sides"),
            MenuSeedItem(
                "grain-bowl", "Green grain bowl", 1350, "Farro, charred broccoli, avocado, pumpkin seeds, lemon."
            )
            .suits("vegan").contains("gluten", "sesame").takes(420, at: "kitchen").choose("protein"),
            MenuSeedItem("muse-burger", "The Muse burger", 1600, "Dry-aged beef, pickles, onions cooked in stout.")
                .contains("gluten", "milk", "eggs", "mustard", "sesame").takes(720, at: "kitchen").drawn(as: "plate")
                .choose("cooking", "sides"),
            MenuSeedItem("mussels", "Mussels in cider", 1700, "Leeks, cream, enough bread for all of it.")
                .contains("molluscs", "milk", "gluten", "sulphites").takes(660, at: "kitchen").counted(10),
            MenuSeedItem("trout", "Smoked trout plate", 1550, "Rye, horseradish cream, cucumber and dill.")
                .contains("fish", "gluten", "milk", "mustard").takes(360, at: "kitchen").drawn(as: "plate").choose(
                    "bread"),
            MenuSeedItem("olives", "Olives and almonds", 700, "Warm, with rosemary and orange.")
                .suits("vegan", "gluten-free").contains("nuts").takes(120, at: "kitchen"),
        ])

    private static let sweets = MenuSeed.Category(
        "sweets", "Sweet", "Made in the morning, gone by the last set.", drawing: "plate",
        items: [
            MenuSeedItem("almond-tart", "Almond tart, candied lemon", 750, "Olive oil in the crumb, so it stays soft.")
                .suits("vegetarian").contains("gluten", "nuts", "eggs").takes(60, at: "kitchen").counted(6),
            MenuSeedItem("affogato", "Affogato", 650, "Vanilla ice cream, drowned at the table.")
                .suits("vegetarian", "gluten-free").contains("milk", "eggs").takes(60, at: "bar").drawn(as: "bowl"),
            MenuSeedItem("chocolate-pot", "Chocolate pot", 800, "Sea salt, olive oil, a spoon of cream.")
                .suits("vegetarian", "gluten-free").contains("milk", "eggs", "soybeans").takes(60, at: "kitchen"),
        ])
}
