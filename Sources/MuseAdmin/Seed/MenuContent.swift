import MuseShared

/// The menu that a fresh database begins with.
enum MenuContent {
    static var menu: MenuSeed {
        MenuSeed(
            taxClasses: VenueContent.taxClasses, groups: ChoiceContent.groups,
            categories: DrinkContent.categories.prefix(3) + FoodContent.categories + DrinkContent.categories.suffix(2))
    }
}
