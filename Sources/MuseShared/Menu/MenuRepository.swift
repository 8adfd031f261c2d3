import Foundation

/// Reads the published menu: eight queries, whatever its size.
public struct MenuRepository: Sendable {
    private let database: Database
    private let media: MediaLinks

    /// - Parameter media: where browsers find photos.
    public init(database: Database, media: MediaLinks = .local) {
        self.database = database
        self.media = media
    }

    /// The menu with its version and tax rates, all of one snapshot.
    public func published() throws -> PublishedMenu {
        try database.read { try published(in: $0) }
    }

    func published(in transaction: Transaction) throws -> PublishedMenu {
        try Self.published(in: transaction, media: media)
    }

    static func published(in transaction: Transaction, media: MediaLinks = .local) throws -> PublishedMenu {
        let version = try CacheVersionRepository.current(.menu, in: transaction)
        let venue = try VenueRepository.venue(in: transaction)
        let groups = try Self.groupsByItem(in: transaction)
        let images = try PhotoRepository.photos(of: "item", in: transaction)
            .mapValues { PublishedPhoto($0, links: media) }
        let clock = MenuClock(
            hours: try MenuHoursRepository.all(in: transaction), zone: venue.timeZone, now: transaction.now)
        let items = try Self.itemsByCategory(in: transaction, groups: groups, images: images, clock: clock)
        let nextChange = clock.nextChange(of: items.values.flatMap { $0 })
        let categories = try transaction.rows(
            """
            SELECT id, name, description, drawing FROM menu_categories
            WHERE archived_at_ms IS NULL ORDER BY position, id
            """
        ).map { row in
            let id = try row.text("id")
            return MenuCategory(
                id: id, name: try row.text("name"), description: try row.text("description"),
                drawing: try row.text("drawing"), items: items[id] ?? [],
                servedWords: clock.words(for: .category(id)))
        }
        return PublishedMenu(
            menu: Menu(version: version, currency: venue.currency.code, categories: categories),
            currency: venue.currency, taxRates: try Self.taxRates(in: transaction),
            validUntil: nextChange)
    }

    private static func itemsByCategory(
        in transaction: Transaction, groups: [String: [ModifierGroup]], images: [String: PublishedPhoto],
        clock: MenuClock
    ) throws -> [String: [MenuItem]] {
        var items: [String: [MenuItem]] = [:]
        let rows = try transaction.rows(
            """
            SELECT i.id, i.category_id, i.name, i.description, i.price_minor, i.tax_class_id, i.dietary, i.allergens,
                   i.prep_seconds, i.station, i.stock_count, i.is_sold_out, i.sold_out_until_ms,
                   CASE i.drawing WHEN '' THEN c.drawing ELSE i.drawing END AS drawing
            FROM menu_items i JOIN menu_categories c ON c.id = i.category_id
            WHERE i.archived_at_ms IS NULL ORDER BY i.category_id, i.position, i.id
            """)
        for row in rows {
            var item = try item(row, groups: groups, clock: clock)
            item.image = images[item.id]
            items[try row.text("category_id"), default: []].append(item)
        }
        return items
    }

    private static func item(_ row: Row, groups: [String: [ModifierGroup]], clock: MenuClock) throws -> MenuItem {
        let id = try row.text("id")
        let stock = try row.optionalInt("stock_count")
        let hours = clock.hours(ofItem: id, category: try row.text("category_id"))
        let serving = ItemServing(
            schedule: hours.schedule, soldOut: try availability(row), stockCount: stock)
        let obstacle = serving.obstacle(at: clock.now)
        return MenuItem(
            id: id, name: try row.text("name"), description: try row.text("description"),
            priceMinor: try row.int("price_minor"), available: obstacle == nil,
            returnsAt: obstacle == nil ? nil : serving.returns(after: clock.now), drawing: try row.text("drawing"),
            dietary: try row.json("dietary"), allergens: try row.json("allergens"),
            modifierGroups: groups[id] ?? [],
            kitchen: MenuItem.Kitchen(
                taxClassID: try row.text("tax_class_id"), prepSeconds: try row.int("prep_seconds"),
                station: try row.text("station"), stockCount: stock, isSoldOut: serving.isMarked(at: clock.now)),
            notice: obstacle == .soldOut ? clock.soldOutWords(serving) : nil, servedWords: hours.words,
            hasOwnHours: hours.isOwn, serving: serving)
    }

    /// A mark whose time has passed is still in the row; whoever asks for a moment sees through it.
    private static func availability(_ row: Row) throws -> ItemAvailability {
        try row.bool("is_sold_out") ? .soldOut(until: try row.optionalTime("sold_out_until_ms")) : .onMenu
    }

    static func groupsByItem(in transaction: Transaction) throws -> [String: [ModifierGroup]] {
        var options: [String: [ModifierOption]] = [:]
        for row in try transaction.rows(
            "SELECT * FROM modifier_options WHERE archived_at_ms IS NULL ORDER BY group_id, position, id")
        {
            let serving = ItemServing(soldOut: try availability(row))
            let isGone = serving.isMarked(at: transaction.now)
            options[try row.text("group_id"), default: []].append(
                ModifierOption(
                    id: try row.text("id"), name: try row.text("name"), priceMinor: try row.int("price_minor"),
                    available: !isGone, maxQuantity: try row.int("max_quantity"),
                    returnsAt: isGone ? serving.soldOut.returnsAt : nil))
        }
        var groups: [String: [ModifierGroup]] = [:]
        let rows = try transaction.rows(
            """
            SELECT l.item_id, g.id, g.name, g.min_choices, g.max_choices
            FROM menu_item_modifier_groups l JOIN modifier_groups g ON g.id = l.group_id
            WHERE g.archived_at_ms IS NULL ORDER BY l.item_id, l.position, g.id
            """)
        for row in rows {
            let id = try row.text("id")
            groups[try row.text("item_id"), default: []].append(
                ModifierGroup(
                    id: id, name: try row.text("name"), min: try row.int("min_choices"),
                    max: try row.int("max_choices"), options: options[id] ?? []))
        }
        return groups
    }

    private static func taxRates(in transaction: Transaction) throws -> [PublishedMenu.TaxKey: TaxRate] {
        var rates: [PublishedMenu.TaxKey: TaxRate] = [:]
        for row in try transaction.rows("SELECT * FROM tax_rates") {
            guard let fulfilment = Fulfilment(rawValue: try row.text("fulfilment")) else { continue }
            let key = PublishedMenu.TaxKey(taxClassID: try row.text("tax_class_id"), fulfilment: fulfilment)
            rates[key] = TaxRate(
                name: try row.text("name"), millionths: try row.int("rate_millionths"),
                isInclusive: try row.bool("is_inclusive"))
        }
        return rates
    }
}
