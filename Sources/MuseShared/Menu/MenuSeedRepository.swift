/// Writes a seed's menu. What is there already stays as it is, so seeding again loses no edit.
public struct MenuSeedRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// Adds what is missing, in one write, and returns how many items it added. Moves `menu` if that is any.
    public func plant(_ seed: MenuSeed) async throws -> Int {
        try await database.write { transaction in
            for taxClass in seed.taxClasses { try Self.plant(taxClass, in: transaction) }
            for group in seed.groups { try Self.plant(group, in: transaction) }
            var added = 0
            for (position, category) in seed.categories.enumerated() {
                added += try Self.plant(category, position: position, in: transaction)
            }
            if added > 0 { try CacheVersionRepository.bump(.menu, in: transaction) }
            return added
        }
    }

    static func plant(_ taxClass: MenuSeed.TaxClass, in transaction: Transaction) throws {
        try transaction.execute(
            "INSERT INTO tax_classes (id, name) VALUES (\(taxClass.id), \(taxClass.name)) ON CONFLICT DO NOTHING")
        for (fulfilment, rate) in taxClass.rates {
            try transaction.execute(
                """
                INSERT INTO tax_rates (tax_class_id, fulfilment, name, rate_millionths, is_inclusive)
                VALUES (\(taxClass.id), \(fulfilment.rawValue), \(rate.name), \(rate.millionths), \(rate.isInclusive))
                ON CONFLICT DO NOTHING
                """)
        }
    }

    private static func plant(_ group: MenuSeed.Group, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO modifier_groups (id, name, min_choices, max_choices)
            VALUES (\(group.id), \(group.name), \(group.choices.lowerBound), \(group.choices.upperBound))
            ON CONFLICT DO NOTHING
            """)
        for (position, option) in group.options.enumerated() {
            try transaction.execute(
                """
                INSERT INTO modifier_options (id, group_id, name, price_minor, max_quantity, is_sold_out, position)
                VALUES (\(option.id), \(group.id), \(option.name), \(option.priceMinor), \(option.maxQuantity),
                        \(option.isSoldOut), \(position))
                ON CONFLICT DO NOTHING
                """)
        }
    }

    private static func plant(
        _ category: MenuSeed.Category, position: Int, in transaction: Transaction
    ) throws -> Int {
        try transaction.execute(
            """
            INSERT INTO menu_categories (id, name, description, drawing, position)
            VALUES (\(category.id), \(category.name), \(category.description), \(category.drawing), \(position))
            ON CONFLICT DO NOTHING
            """)
        var added = 0
        for (place, item) in category.items.enumerated() where try plant(item, in: category, place: place, transaction)
        {
            added += 1
        }
        return added
    }

    /// False if the item is there already.
    private static func plant(
        _ seed: MenuSeedItem, in category: MenuSeed.Category, place: Int, _ transaction: Transaction
    ) throws -> Bool {
        let item = seed.item
        let added = try transaction.execute(
            """
            INSERT INTO menu_items (id, category_id, name, description, price_minor, tax_class_id, drawing, dietary,
              allergens, prep_seconds, station, is_sold_out, position)
            VALUES (\(seed.id), \(category.id), \(item.name), \(item.description), \(item.priceMinor),
                    \(item.taxClassID), \(item.drawing), \(try JSONText.encode(item.dietary)),
                    \(try JSONText.encode(item.allergens)), \(item.prepSeconds), \(item.station),
                    \(!item.availability.isOnMenu), \(place))
            ON CONFLICT DO NOTHING
            """)
        guard added == 1 else { return false }
        try StockRepository.setCount(item.stockCount, of: seed.id, staffID: nil, announcing: false, in: transaction)
        for (position, groupID) in seed.groupIDs.enumerated() {
            try transaction.execute(
                """
                INSERT INTO menu_item_modifier_groups (item_id, group_id, position)
                VALUES (\(seed.id), \(groupID), \(position)) ON CONFLICT DO NOTHING
                """)
        }
        return true
    }
}
