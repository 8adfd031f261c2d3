import MuseShared

/// The menu, read like a printed card.
struct MenuPage: Page {
    static let template = "menu/menu-page"

    struct Category: Encodable, Sendable {
        let anchor: String
        let name: String
        let introduction: String?
        let art: String
        let items: [Item]
    }

    struct Item: Encodable, Sendable {
        let itemId: String
        let href: String
        let itemName: String
        let itemDescription: String?
        /// Names of its options: a search for “decaf” finds what can be had so.
        let choices: String?
        let photo: PhotoView?
        let price: String
        let dietary: [String]
        let allergens: String?
        let isSoldOut: Bool
        let soldOutWords: String?
        /// Can go into the cart in one tap: nothing must be chosen.
        let canQuickAdd: Bool
        let needsChoice: Bool
    }

    let title = "Menu"
    let site: SiteFrame
    let openWords: String
    /// Set where the draft is shown: nothing can be ordered then.
    let preview: MenuPreview?
    let closedNotice: String?
    let hasCategories: Bool
    let categories: [Category]
    let allergenNote = "Our kitchen uses nuts, milk, eggs, wheat and more. Tell us about an allergy before you order."

    init(menu: PublishedMenu, venue: Venue, site: SiteFrame, now: Timestamp, preview: MenuPreview? = nil) {
        self.site = site
        self.preview = preview
        openWords = OpenState(venue.schedule, at: now).sentence
        closedNotice = GuestNotice(venue, now: now).words
        categories = menu.menu.categories.filter { !$0.items.isEmpty }.map { category in
            Category(
                anchor: category.id, name: category.name,
                introduction: Self.sentences(category.description, category.servedWords), art: category.drawing,
                items: category.items.map { Item($0, menu: menu, zone: venue.timeZone, preview: preview) })
        }
        hasCategories = !categories.isEmpty
    }

    /// What is said about something, one after the other; nil if there is nothing.
    static func sentences(_ text: String, _ more: String?) -> String? {
        let parts = [text, more ?? ""].filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: text.hasSuffix(".") ? " " : " · ")
    }
}

extension MenuPage.Item {
    init(_ item: MenuItem, menu: PublishedMenu, zone: VenueZone, preview: MenuPreview? = nil) {
        let needsChoice = item.modifierGroups.contains { $0.min > 0 }
        self.init(
            itemId: item.id, href: preview?.item(item.id) ?? Paths.item(item.id), itemName: item.name,
            itemDescription: MenuPage.sentences(item.description, item.hasOwnHours ? item.servedWords : nil),
            choices: Self.choices(of: item),
            photo: item.image.map { PhotoView($0, in: .row, alt: $0.alt) },
            price: menu.money(item.priceMinor).formatted,
            dietary: item.dietary,
            allergens: item.allergens.isEmpty ? nil : "contains \(item.allergens.joined(separator: ", "))",
            isSoldOut: !item.available, soldOutWords: item.available ? nil : item.soldOutWords,
            canQuickAdd: item.available && !needsChoice && preview == nil,
            needsChoice: item.available && needsChoice && preview == nil)
    }

    private static func choices(of item: MenuItem) -> String? {
        let names = item.modifierGroups.flatMap(\.options).map(\.name)
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }
}

extension MenuItem {
    /// `Sold out, back Mon 23 Nov, 5:00 PM`, or when it is served.
    var soldOutWords: String { notice ?? servedWords ?? "Sold out for now" }
}
