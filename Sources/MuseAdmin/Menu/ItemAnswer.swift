import MuseShared

/// One item as staff edit it, for a program.
struct ItemAnswer: Encodable {
    let id: String
    let categoryId: String
    let name: String
    let description: String
    let priceMinor: Int64
    let taxClassId: String
    let groupIds: [String]
    let dietary: [String]
    let allergens: [String]
    let prepSeconds: Int64
    let station: String
    let stockCount: Int64?
    let available: Bool
    let soldOutUntil: Timestamp?
    /// To be sent back with a change, so that two editors don't overwrite each other.
    let revision: String
    /// The menu's version that shows it to guests.
    let menuVersion: Int64

    init(_ id: String, _ item: ItemDraft, revision: ItemRevision, menuVersion: Int64) {
        self.id = id
        categoryId = item.categoryID
        name = item.name
        description = item.description
        priceMinor = item.priceMinor
        taxClassId = item.taxClassID
        groupIds = item.groupIDs
        dietary = item.dietary
        allergens = item.allergens
        prepSeconds = item.prepSeconds
        station = item.station
        stockCount = item.stockCount
        available = item.availability.isOnMenu && item.stockCount != 0
        soldOutUntil = item.availability.returnsAt
        self.revision = revision.text
        self.menuVersion = menuVersion
    }
}
