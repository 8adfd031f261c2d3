import MuseShared

/// What the item form sent, kept as typed, with what is wrong with it by field.
struct AddToCartForm: Sendable {
    let itemID: String
    let quantityText: String
    let optionIDs: Set<String>
    let note: String
    private(set) var errors: [String: String] = [:]

    init(_ fields: FormFields) {
        itemID = fields.first("itemId") ?? ""
        quantityText = fields.first("quantity") ?? "1"
        optionIDs = Set(fields.names.filter { $0.hasPrefix("option.") }.flatMap(fields.all).filter { !$0.isEmpty })
        note = fields.first("note") ?? ""
    }

    /// The cart line, if everything fits the item; otherwise ``errors`` says what does not.
    mutating func line(for item: MenuItem, menu: PublishedMenu) -> Cart.Line? {
        errors = [:]
        let quantity = Int64(quantityText) ?? 0
        if !(1...OrderLimits.quantity).contains(quantity) {
            errors["quantity"] = "Choose between 1 and \(OrderLimits.quantity)."
        }
        var options: [Cart.Choice] = []
        for group in item.modifierGroups {
            let chosen = group.options.filter { optionIDs.contains($0.id) }
            if chosen.count < group.min {
                errors["group-\(group.id)"] = "\(group.name): \(group.rule)."
            } else if chosen.count > group.max {
                errors["group-\(group.id)"] = "\(group.name): at most \(group.max)."
            } else if let gone = chosen.first(where: { !$0.available }) {
                errors["group-\(group.id)"] = "\(gone.name) is sold out. Choose another."
            }
            options += chosen.map { Cart.Choice(id: $0.id, quantity: 1) }
        }
        let cleaned: String
        do {
            cleaned = try PlainText.clean(note, field: "note", maximum: OrderLimits.noteLength, lines: .one)
        } catch {
            errors["note"] = error.errors.first?.message ?? "Please shorten this note."
            return nil
        }
        guard errors.isEmpty else { return nil }
        let extras = item.modifierGroups.flatMap(\.options).filter { optionIDs.contains($0.id) }.map(\.priceMinor)
        return Cart.Line(
            itemID: item.id, quantity: quantity, options: options, note: cleaned,
            seenUnitMinor: extras.reduce(item.priceMinor, +))
    }
}
