/// Reads and writes the live menu as staff edit it: six queries, whatever its size.
public struct MenuContentRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// The live menu, the draft over it, and what waits, all of one snapshot.
    public func both() throws -> (live: EditedMenu, draft: MenuDraft) {
        try database.read { transaction in
            (live: try Self.live(in: transaction), draft: try MenuDraftRepository.draft(in: transaction))
        }
    }

    static func live(in transaction: Transaction) throws -> EditedMenu {
        var entities: [MenuRef: MenuEntity] = [:]
        for row in try transaction.rows("SELECT * FROM menu_categories") {
            entities[MenuRef(.category, try row.text("id"))] = try category(row)
        }
        for row in try transaction.rows("SELECT * FROM modifier_groups") {
            entities[MenuRef(.group, try row.text("id"))] = try group(row)
        }
        for row in try transaction.rows("SELECT * FROM modifier_options") {
            entities[MenuRef(.option, try row.text("id"))] = try option(row)
        }
        var links: [String: [String]] = [:]
        for row in try transaction.rows(
            "SELECT item_id, group_id FROM menu_item_modifier_groups ORDER BY item_id, position, group_id")
        {
            links[try row.text("item_id"), default: []].append(try row.text("group_id"))
        }
        for row in try transaction.rows("SELECT * FROM menu_items") {
            let id = try row.text("id")
            entities[MenuRef(.item, id)] = try item(row, groupIDs: links[id] ?? [])
        }
        var taxClasses: [String: String] = [:]
        for row in try transaction.rows("SELECT id, name FROM tax_classes") {
            taxClasses[try row.text("id")] = try row.text("name")
        }
        return EditedMenu(entities: entities, taxClasses: taxClasses)
    }

    private static func category(_ row: Row) throws -> MenuEntity {
        MenuEntity([
            "name": .text(try row.text("name")), "description": .text(try row.text("description")),
            "drawing": .text(try row.text("drawing")), "position": .number(try row.int("position")),
            "isArchived": .flag(try row.optionalTime("archived_at_ms") != nil),
        ])
    }

    private static func group(_ row: Row) throws -> MenuEntity {
        MenuEntity([
            "name": .text(try row.text("name")), "min": .number(try row.int("min_choices")),
            "max": .number(try row.int("max_choices")),
            "isArchived": .flag(try row.optionalTime("archived_at_ms") != nil),
        ])
    }

    private static func option(_ row: Row) throws -> MenuEntity {
        MenuEntity([
            "groupId": .text(try row.text("group_id")), "name": .text(try row.text("name")),
            "priceMinor": .number(try row.int("price_minor")), "maxQuantity": .number(try row.int("max_quantity")),
            "position": .number(try row.int("position")),
            "isArchived": .flag(try row.optionalTime("archived_at_ms") != nil),
        ])
    }

    private static func item(_ row: Row, groupIDs: [String]) throws -> MenuEntity {
        MenuEntity([
            "categoryId": .text(try row.text("category_id")), "name": .text(try row.text("name")),
            "description": .text(try row.text("description")), "priceMinor": .number(try row.int("price_minor")),
            "taxClassId": .text(try row.text("tax_class_id")), "drawing": .text(try row.text("drawing")),
            "dietary": .texts(try row.json("dietary")), "allergens": .texts(try row.json("allergens")),
            "prepSeconds": .number(try row.int("prep_seconds")), "station": .text(try row.text("station")),
            "groupIds": .texts(groupIDs), "position": .number(try row.int("position")),
            "isArchived": .flag(try row.optionalTime("archived_at_ms") != nil),
        ])
    }

    /// Writes what changed, what is pointed at first. Counts and what is sold out stay as they are.
    static func write(_ changes: MenuChanges, of menu: EditedMenu, in transaction: Transaction) throws {
        for ref in changes.refs {
            guard let entity = menu[ref], let entry = changes.entries[ref] else { continue }
            switch ref.kind {
            case .category: try write(category: entity, id: ref.id, in: transaction)
            case .group: try write(group: entity, id: ref.id, in: transaction)
            case .option: try write(option: entity, id: ref.id, in: transaction)
            case .item:
                try write(item: entity, id: ref.id, in: transaction)
                if entry.fields["groupIds"] != nil {
                    try link(entity.texts("groupIds"), toItem: ref.id, in: transaction)
                }
            }
        }
    }

    private static func write(category: MenuEntity, id: String, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO menu_categories (id, name, description, drawing, position, archived_at_ms)
            VALUES (\(id), \(category.name), \(category.text("description")), \(category.text("drawing")),
                    \(category.position), \(archivedAt(category, transaction)))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description,
              drawing = excluded.drawing, position = excluded.position, archived_at_ms = excluded.archived_at_ms
            """)
    }

    private static func write(group: MenuEntity, id: String, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO modifier_groups (id, name, min_choices, max_choices, archived_at_ms)
            VALUES (\(id), \(group.name), \(group.number("min")), \(group.number("max")),
                    \(archivedAt(group, transaction)))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, min_choices = excluded.min_choices,
              max_choices = excluded.max_choices, archived_at_ms = excluded.archived_at_ms
            """)
    }

    private static func write(option: MenuEntity, id: String, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO modifier_options (id, group_id, name, price_minor, max_quantity, position, archived_at_ms)
            VALUES (\(id), \(option.text("groupId")), \(option.name), \(option.number("priceMinor")),
                    \(option.number("maxQuantity")), \(option.position), \(archivedAt(option, transaction)))
            ON CONFLICT (id) DO UPDATE SET group_id = excluded.group_id, name = excluded.name,
              price_minor = excluded.price_minor, max_quantity = excluded.max_quantity, position = excluded.position,
              archived_at_ms = excluded.archived_at_ms
            """)
    }

    private static func write(item: MenuEntity, id: String, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO menu_items (id, category_id, name, description, price_minor, tax_class_id, drawing, dietary,
              allergens, prep_seconds, station, position, archived_at_ms)
            VALUES (\(id), \(item.text("categoryId")), \(item.name), \(item.text("description")),
                    \(item.number("priceMinor")), \(item.text("taxClassId")), \(item.text("drawing")),
                    \(try JSONText.encode(item.texts("dietary"))), \(try JSONText.encode(item.texts("allergens"))),
                    \(item.number("prepSeconds")), \(item.text("station")), \(item.position),
                    \(archivedAt(item, transaction)))
            ON CONFLICT (id) DO UPDATE SET category_id = excluded.category_id, name = excluded.name,
              description = excluded.description, price_minor = excluded.price_minor,
              tax_class_id = excluded.tax_class_id, drawing = excluded.drawing, dietary = excluded.dietary,
              allergens = excluded.allergens, prep_seconds = excluded.prep_seconds, station = excluded.station,
              position = excluded.position, archived_at_ms = excluded.archived_at_ms
            """)
    }

    /// The item's modifier groups, in this order and no others.
    static func link(_ groupIDs: [String], toItem id: String, in transaction: Transaction) throws {
        try transaction.execute("DELETE FROM menu_item_modifier_groups WHERE item_id = \(id)")
        for (position, groupID) in groupIDs.enumerated() {
            try transaction.execute(
                """
                INSERT INTO menu_item_modifier_groups (item_id, group_id, position)
                VALUES (\(id), \(groupID), \(position))
                """)
        }
    }

    private static func archivedAt(_ entity: MenuEntity, _ transaction: Transaction) -> Timestamp? {
        entity.isArchived ? transaction.now : nil
    }
}
