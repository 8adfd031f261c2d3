import MuseShared

/// An item's editor as texts: what is stored, or what somebody typed.
struct ItemForm: Sendable {
    var revision: String
    var categoryID: String
    var name: String
    var description: String
    var price: String
    var prepSeconds: String
    /// Empty: not counted.
    var stock: String
    var dietary: [String]
    var allergens: [String]
    var isAvailable: Bool

    init(_ editing: ItemEditRepository.Editing, currency: Currency) {
        let item = editing.item
        revision = editing.revision.text
        categoryID = item.categoryID
        name = item.name
        description = item.description
        price = Money(minor: item.priceMinor, currency: currency).decimal
        prepSeconds = String(item.prepSeconds)
        stock = item.stockCount.map(String.init) ?? ""
        dietary = item.dietary
        allergens = item.allergens
        isAvailable = item.availability.isOnMenu
    }

    /// What was typed over what is stored; a field that was not sent keeps what is stored.
    mutating func take(_ fields: FormFields) {
        revision = fields.first("revision") ?? revision
        categoryID = fields.first("categoryId") ?? categoryID
        name = fields.first("name") ?? name
        description = fields.first("description") ?? description
        price = fields.first("price") ?? price
        prepSeconds = fields.first("prepSeconds") ?? prepSeconds
        stock = fields.first("stock") ?? stock
        // A box without a tick is not sent at all: the hidden field beside them says that they were on the form.
        guard fields.first("availableAsked") != nil else { return }
        dietary = fields.all("dietary")
        allergens = fields.all("allergens")
        isAvailable = fields.first("available") == "true"
    }
}
