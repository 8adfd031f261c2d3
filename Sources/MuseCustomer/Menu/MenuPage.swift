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
        /// Not served now, and can be ordered for when it is.
        let isAhead: Bool
        /// Why it can't be had now.
        let backWords: String?
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
    /// The last time that can be ordered for.
    let aheadUntil: String?
    let hasCategories: Bool
    let categories: [Category]
    let allergenNote = "Our kitchen uses nuts, milk, eggs, wheat and more. Tell us about an allergy before you order."

    init(
        menu: PublishedMenu, venue: Venue, site: SiteFrame, now: Timestamp, ahead: OrderAhead? = nil,
        preview: MenuPreview? = nil
    ) {
        self.site = site
        aheadUntil = ahead?.until?.rfc3339
        self.preview = preview
        openWords = OpenState(venue.schedule, at: now).sentence
        closedNotice = GuestNotice(venue, now: now).words
        categories = menu.menu.categories.filter { !$0.items.isEmpty }.map { category in
            Category(
                anchor: category.id, name: category.name,
                introduction: Self.sentences(category.description, category.servedWords), art: category.drawing,
                items: category.items.map { Item($0, menu: menu, ahead: ahead, preview: preview) })
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
    init(_ item: MenuItem, menu: PublishedMenu, ahead: OrderAhead?, preview: MenuPreview? = nil) {
        let needsChoice = item.modifierGroups.contains { $0.min > 0 }
        let isAhead = ahead?.servedFrom(item) != nil
        let canBeHad = (item.available || isAhead) && preview == nil
        self.init(
            itemId: item.id, href: preview?.item(item.id) ?? Paths.item(item.id), itemName: item.name,
            itemDescription: MenuPage.sentences(item.description, item.hasOwnHours ? item.servedWords : nil),
            choices: Self.choices(of: item),
            photo: item.image.map { PhotoView($0, in: .row, alt: $0.alt) },
            price: menu.money(item.priceMinor).formatted,
            dietary: item.dietary,
            allergens: item.allergens.isEmpty ? nil : "contains \(item.allergens.joined(separator: ", "))",
            isSoldOut: !item.available && !isAhead, isAhead: isAhead,
            backWords: item.available ? nil : isAhead ? "\(item.soldOutWords), order ahead" : item.soldOutWords,
            canQuickAdd: canBeHad && !needsChoice, needsChoice: canBeHad && needsChoice)
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
