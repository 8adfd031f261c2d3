import Foundation

/// Reads the published menu: six queries, whatever its size.
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
        try database.read { transaction in
            let version = try CacheVersionRepository.current(.menu, in: transaction)
            let venue = try VenueRepository.venue(in: transaction)
            let groups = try Self.groupsByItem(in: transaction)
            let images = try PhotoRepository.photos(of: "item", in: transaction)
                .mapValues { PublishedPhoto($0, links: media) }
            let items = try Self.itemsByCategory(in: transaction, groups: groups, images: images)
            let categories = try transaction.rows(
                """
                SELECT id, name, description, drawing FROM menu_categories
                WHERE archived_at_ms IS NULL ORDER BY position, id
                """
            ).map { row in
                let id = try row.text("id")
                return MenuCategory(
                    id: id, name: try row.text("name"), description: try row.text("description"),
                    drawing: try row.text("drawing"), items: items.byCategory[id] ?? [])
            }
            return PublishedMenu(
                menu: Menu(version: version, currency: venue.currency.code, categories: categories),
                currency: venue.currency, taxRates: try Self.taxRates(in: transaction),
                validUntil: items.nextReturn)
        }
    }

    private struct Items {
        var byCategory: [String: [MenuItem]] = [:]
        var nextReturn: Timestamp?
    }

    private static func itemsByCategory(
        in transaction: Transaction, groups: [String: [ModifierGroup]], images: [String: PublishedPhoto]
    ) throws -> Items {
        var items = Items()
        let rows = try transaction.rows(
            """
            SELECT i.id, i.category_id, i.name, i.description, i.price_minor, i.tax_class_id, i.dietary, i.allergens,
                   i.prep_seconds, i.station, i.stock_count, i.is_sold_out, i.sold_out_until_ms,
                   CASE i.drawing WHEN '' THEN c.drawing ELSE i.drawing END AS drawing
            FROM menu_items i JOIN menu_categories c ON c.id = i.category_id
            WHERE i.archived_at_ms IS NULL ORDER BY i.category_id, i.position, i.id
            """)
        for row in rows {
            var item = try item(row, groups: groups, now: transaction.now)
            item.image = images[item.id]
            items.byCategory[try row.text("category_id"), default: []].append(item)
            if let returns = item.returnsAt {
                items.nextReturn = min(items.nextReturn ?? returns, returns)
            }
        }
        return items
    }

    private static func item(_ row: Row, groups: [String: [ModifierGroup]], now: Timestamp) throws -> MenuItem {
        let id = try row.text("id")
        let until = try row.optionalTime("sold_out_until_ms")
        let isReturned = until.map { $0 <= now } ?? false
        let isSoldOut = try row.bool("is_sold_out") && !isReturned
        let stock = try row.optionalInt("stock_count")
        return MenuItem(
            id: id, name: try row.text("name"), description: try row.text("description"),
            priceMinor: try row.int("price_minor"), available: !isSoldOut && stock != 0,
            returnsAt: isSoldOut ? until : nil, drawing: try row.text("drawing"),
            dietary: try row.json("dietary"), allergens: try row.json("allergens"),
            modifierGroups: groups[id] ?? [],
            kitchen: MenuItem.Kitchen(
                taxClassID: try row.text("tax_class_id"), prepSeconds: try row.int("prep_seconds"),
                station: try row.text("station"), stockCount: stock, isSoldOut: isSoldOut))
    }

    static func groupsByItem(in transaction: Transaction) throws -> [String: [ModifierGroup]] {
        var options: [String: [ModifierOption]] = [:]
        for row in try transaction.rows("SELECT * FROM modifier_options ORDER BY group_id, position, id") {
            options[try row.text("group_id"), default: []].append(
                ModifierOption(
                    id: try row.text("id"), name: try row.text("name"), priceMinor: try row.int("price_minor"),
                    available: try !row.bool("is_sold_out"), maxQuantity: try row.int("max_quantity")))
        }
        var groups: [String: [ModifierGroup]] = [:]
        let rows = try transaction.rows(
            """
            SELECT l.item_id, g.id, g.name, g.min_choices, g.max_choices
            FROM menu_item_modifier_groups l JOIN modifier_groups g ON g.id = l.group_id
            ORDER BY l.item_id, l.position, g.id
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
