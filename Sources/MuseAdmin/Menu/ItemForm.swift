import MuseShared

/// An item's editor as texts: what is stored, or what somebody typed.
struct ItemForm: Sendable {
    var revision: String
    var categoryID: String
    var name: String
    var description: String
    var price: String
    var taxClassID: String
    var station: String
    var drawing: String
    var prepSeconds: String
    /// Empty: not counted.
    var stock: String
    var dietary: [String]
    var allergens: [String]
    var groupIDs: [String]
    var isAvailable: Bool

    init(_ item: ItemDraft, revision: String, currency: Currency) {
        self.revision = revision
        categoryID = item.categoryID
        name = item.name
        description = item.description
        price = Money(minor: item.priceMinor, currency: currency).decimal
        taxClassID = item.taxClassID
        station = item.station
        drawing = item.drawing
        prepSeconds = String(item.prepSeconds)
        stock = item.stockCount.map(String.init) ?? ""
        dietary = item.dietary
        allergens = item.allergens
        groupIDs = item.groupIDs
        isAvailable = item.availability.isOnMenu
    }

    /// What was typed over what is stored; a field that was not sent keeps what is stored.
    mutating func take(_ fields: FormFields) {
        revision = fields.first("revision") ?? revision
        categoryID = fields.first("categoryId") ?? categoryID
        name = fields.first("name") ?? name
        description = fields.first("description") ?? description
        price = fields.first("price") ?? price
        taxClassID = fields.first("taxClassId") ?? taxClassID
        station = fields.first("station") ?? station
        drawing = fields.first("drawing") ?? drawing
        prepSeconds = fields.first("prepSeconds") ?? prepSeconds
        stock = fields.first("stock") ?? stock
        // A box without a tick is not sent at all: the hidden field beside them says that they were on the form.
        if fields.first("wordsAsked") != nil {
            dietary = fields.all("dietary")
            allergens = fields.all("allergens")
            groupIDs = ReadItemChange.groupIDs(fields)
        }
        if fields.first("availableAsked") != nil { isAvailable = fields.first("available") == "true" }
    }
}
