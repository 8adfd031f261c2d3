/// Reads and writes single items for their editors.
public struct ItemEditRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// An item with what its editor needs beside it.
    public struct Editing: Sendable {
        public let id: String
        /// As the draft has it.
        public let item: ItemDraft
        public let revision: ItemRevision
        /// The menu with the draft.
        public let menu: EditedMenu
        /// Nil: only the draft knows it.
        public let live: MenuEntity?
        /// Fields that wait in the draft.
        public let waiting: Set<String>
        public let conflicts: [MenuConflict]

        public var isArchived: Bool { menu[MenuRef(.item, id)]?.isArchived ?? false }
    }

    /// Nil if there is no such item. Archived ones and those that only the draft knows are there too.
    public func editing(_ id: String) throws -> Editing? {
        try database.read { transaction in
            let ref = MenuRef(.item, id)
            let live = try MenuContentRepository.live(in: transaction)
            let draft = try MenuDraftRepository.draft(in: transaction)
            let menu = draft.applied(to: live)
            guard let entity = menu[ref] else { return nil }
            let evening = try Self.evening(of: id, in: transaction)
            let item = ItemDraft(
                entity, stockCount: evening?.stockCount, availability: evening?.availability ?? .onMenu)
            return Editing(
                id: id, item: item, revision: ItemRevision(item), menu: menu, live: live[ref],
                waiting: Set(draft.changes.entries[ref]?.fields.keys.map { $0 } ?? []),
                conflicts: draft.conflicts(with: live).filter { $0.ref == ref })
        }
    }

    private static func evening(
        of id: String, in transaction: Transaction
    ) throws -> (stockCount: Int64?, availability: ItemAvailability)? {
        try transaction.first(
            "SELECT stock_count, is_sold_out, sold_out_until_ms FROM menu_items WHERE id = \(id)"
        ).map { row in
            (stockCount: try row.optionalInt("stock_count"), availability: try availability(row, now: transaction.now))
        }
    }

    private static func availability(_ row: Row, now: Timestamp) throws -> ItemAvailability {
        let until = try row.optionalTime("sold_out_until_ms")
        let isBack = until.map { $0 <= now } ?? false
        return try row.bool("is_sold_out") && !isBack ? .soldOut(until: until) : .onMenu
    }

    static func item(_ id: String, in transaction: Transaction) throws -> ItemDraft? {
        guard
            let row = try transaction.first(
                "SELECT * FROM menu_items WHERE id = \(id) AND archived_at_ms IS NULL")
        else { return nil }
        let groups = try transaction.rows(
            "SELECT group_id FROM menu_item_modifier_groups WHERE item_id = \(id) ORDER BY position, group_id")
        return ItemDraft(
            categoryID: try row.text("category_id"), name: try row.text("name"),
            description: try row.text("description"), priceMinor: try row.int("price_minor"),
            taxClassID: try row.text("tax_class_id"), drawing: try row.text("drawing"),
            dietary: try row.json("dietary"), allergens: try row.json("allergens"),
            prepSeconds: try row.int("prep_seconds"), station: try row.text("station"),
            stockCount: try row.optionalInt("stock_count"),
            availability: try availability(row, now: transaction.now),
            groupIDs: try groups.map { try $0.text("group_id") })
    }

    /// What an item points at and is not there.
    static func problems(
        of item: ItemDraft, changedFrom before: ItemDraft, in transaction: Transaction
    ) throws -> [FieldError] {
        var problems: [FieldError] = []
        if item.categoryID != before.categoryID,
            try transaction.first(
                "SELECT 1 AS found FROM menu_categories WHERE id = \(item.categoryID) AND archived_at_ms IS NULL")
                == nil
        {
            problems.append(FieldError("categoryId", "This category is no longer there."))
        }
        if item.taxClassID != before.taxClassID,
            try transaction.first("SELECT 1 AS found FROM tax_classes WHERE id = \(item.taxClassID)") == nil
        {
            problems.append(FieldError("taxClassId", "Choose how it is taxed."))
        }
        if item.groupIDs != before.groupIDs {
            let found = try transaction.rows("SELECT id FROM modifier_groups WHERE id IN \(item.groupIDs)").count
            if found != item.groupIDs.count {
                problems.append(FieldError("groupIds", "One of them is not live, or there twice."))
            }
        }
        return problems
    }

    /// Writes the item and moves the version `menu`.
    static func save(_ item: ItemDraft, id: String, by staffID: String, in transaction: Transaction) throws {
        try transaction.execute(
            """
            UPDATE menu_items SET category_id = \(item.categoryID), name = \(item.name),
              description = \(item.description), price_minor = \(item.priceMinor), tax_class_id = \(item.taxClassID),
              drawing = \(item.drawing), dietary = \(try JSONText.encode(item.dietary)),
              allergens = \(try JSONText.encode(item.allergens)), prep_seconds = \(item.prepSeconds),
              station = \(item.station), is_sold_out = \(!item.availability.isOnMenu), sold_out_until_ms = \(item.availability.returnsAt)
            WHERE id = \(id)
            """)
        try StockRepository.setCount(item.stockCount, of: id, staffID: staffID, in: transaction)
        try CacheVersionRepository.bump(.menu, in: transaction)
    }
}
