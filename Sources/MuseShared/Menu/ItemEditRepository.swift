/// Reads and writes single items for their editors.
public struct ItemEditRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// An item with what its editor needs beside it.
    public struct Editing: Sendable {
        public let id: String
        public let item: ItemDraft
        public let revision: ItemRevision
        public let groups: [ModifierGroup]
    }

    /// Nil if there is no such item, or it is archived.
    public func editing(_ id: String) throws -> Editing? {
        try database.read { transaction in
            guard let item = try Self.item(id, in: transaction) else { return nil }
            return Editing(
                id: id, item: item, revision: ItemRevision(item),
                groups: try MenuRepository.groupsByItem(in: transaction)[id] ?? [])
        }
    }

    /// The categories an item can be in: identifier and name, in the menu's order.
    public func categories() throws -> [(id: String, name: String)] {
        try database.read { transaction in
            try transaction.rows(
                "SELECT id, name FROM menu_categories WHERE archived_at_ms IS NULL ORDER BY position, id"
            )
            .map { (id: try $0.text("id"), name: try $0.text("name")) }
        }
    }

    static func item(_ id: String, in transaction: Transaction) throws -> ItemDraft? {
        guard
            let row = try transaction.first(
                "SELECT * FROM menu_items WHERE id = \(id) AND archived_at_ms IS NULL")
        else { return nil }
        let until = try row.optionalTime("sold_out_until_ms")
        let isBack = until.map { $0 <= transaction.now } ?? false
        let isSoldOut = try row.bool("is_sold_out") && !isBack
        return ItemDraft(
            categoryID: try row.text("category_id"), name: try row.text("name"),
            description: try row.text("description"), priceMinor: try row.int("price_minor"),
            taxClassID: try row.text("tax_class_id"), drawing: try row.text("drawing"),
            dietary: try row.json("dietary"), allergens: try row.json("allergens"),
            prepSeconds: try row.int("prep_seconds"), station: try row.text("station"),
            stockCount: try row.optionalInt("stock_count"),
            availability: isSoldOut ? .soldOut(until: until) : .onMenu)
    }

    static func categoryExists(_ id: String, in transaction: Transaction) throws -> Bool {
        try transaction.first("SELECT 1 AS found FROM menu_categories WHERE id = \(id) AND archived_at_ms IS NULL")
            != nil
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
