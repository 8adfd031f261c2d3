/// An item's fields by name, as drafts, versions and the log hold them. Counts and what is sold out are none of them.
extension ItemDraft {
    var fields: [String: DifferenceValue] {
        [
            "categoryId": .text(categoryID), "name": .text(name), "description": .text(description),
            "priceMinor": .number(priceMinor), "taxClassId": .text(taxClassID), "drawing": .text(drawing),
            "dietary": .texts(dietary), "allergens": .texts(allergens), "prepSeconds": .number(prepSeconds),
            "station": .text(station), "groupIds": .texts(groupIDs),
        ]
    }

    /// With what the evening says of it.
    init(_ entity: MenuEntity, stockCount: Int64?, availability: ItemAvailability) {
        self.init(
            categoryID: entity.text("categoryId"), name: entity.name, description: entity.text("description"),
            priceMinor: entity.number("priceMinor"), taxClassID: entity.text("taxClassId"),
            drawing: entity.text("drawing"), dietary: entity.texts("dietary"), allergens: entity.texts("allergens"),
            prepSeconds: entity.number("prepSeconds"), station: entity.text("station"), stockCount: stockCount,
            availability: availability, groupIDs: entity.texts("groupIds"))
    }

    /// A new one, before anybody has written anything; taxed as most are.
    public static func blank(category: String, in menu: EditedMenu) -> ItemDraft {
        var item = ItemDraft(MenuEntity(new: .item), stockCount: nil, availability: .onMenu)
        item.categoryID = category
        let used = menu.all(.item).map { $0.entity.text("taxClassId") }
        let counts = Dictionary(grouping: used) { $0 }.mapValues(\.count)
        item.taxClassID =
            counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? menu.taxClasses.keys.min() ?? ""
        return item
    }

    /// Its fields with others over them.
    public func taking(_ changes: [String: DifferenceValue]) -> [String: DifferenceValue] {
        fields.merging(changes) { _, new in new }
    }

    /// The same with what the draft wants.
    func taking(_ entry: MenuChanges.Entry?) -> ItemDraft {
        guard let entry else { return self }
        let wanted = MenuEntity(fields.merging(entry.fields.mapValues(\.to)) { _, new in new })
        return ItemDraft(wanted, stockCount: stockCount, availability: availability)
    }
}

extension ItemChange {
    /// What it says about the item's fields, by name; counts and what is sold out are none of them.
    public var fields: [String: DifferenceValue] {
        var fields: [String: DifferenceValue] = [:]
        fields["categoryId"] = categoryID.map(DifferenceValue.text)
        fields["name"] = name.map(DifferenceValue.text)
        fields["description"] = description.map(DifferenceValue.text)
        fields["priceMinor"] = priceMinor.map(DifferenceValue.number)
        fields["taxClassId"] = taxClassID.map(DifferenceValue.text)
        fields["drawing"] = drawing.map(DifferenceValue.text)
        fields["dietary"] = dietary.map { words in .texts(MenuWords.dietary.filter(words.contains)) }
        fields["allergens"] = allergens.map { words in .texts(MenuWords.allergens.filter(words.contains)) }
        fields["prepSeconds"] = prepSeconds.map(DifferenceValue.number)
        fields["station"] = station.map(DifferenceValue.text)
        fields["groupIds"] = groupIDs.map(DifferenceValue.texts)
        fields["isArchived"] = isArchived.map(DifferenceValue.flag)
        return fields
    }

    /// It is about the evening only: how many there are, and whether it is sold out.
    public var isOfTheEvening: Bool {
        fields.isEmpty
    }

    /// It says something about the evening, which no draft can hold.
    public var hasEvening: Bool {
        stockCount != nil || available != nil
    }
}
