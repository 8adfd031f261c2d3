import MuseShared

/// Reads what a form or a program wants to be different.
struct ReadItemChange: Sendable {
    let currency: Currency

    /// - Throws: 422 with every field that can't be read.
    func callAsFunction(_ fields: FormFields) throws(Problem) -> ItemChange {
        var change = ItemChange()
        var errors: [FieldError] = []
        change.categoryID = fields.first("categoryId")
        change.taxClassID = fields.first("taxClassId")
        change.station = fields.first("station")
        change.drawing = fields.first("drawing")
        change.isArchived = fields.first("isArchived").map { $0 == "true" }
        change.name = clean(fields.first("name"), "name", .one, &errors)
        change.description = clean(fields.first("description"), "description", .many, &errors)
        if let typed = fields.first("price") {
            change.priceMinor = Money(decimal: typed, currency: currency)?.minor
            if change.priceMinor == nil { errors.append(FieldError("price", "Write a price like 4.50.")) }
        }
        if let typed = fields.first("prepSeconds") {
            change.prepSeconds = Int64(typed)
            if change.prepSeconds == nil { errors.append(FieldError("prepSeconds", "Write whole seconds, like 90.")) }
        }
        if let typed = fields.first("stock") {
            change.stockCount = .some(typed.isEmpty ? nil : Int64(typed))
            if !typed.isEmpty, Int64(typed) == nil {
                errors.append(FieldError("stockCount", "Write a whole number, or nothing if it is not counted."))
            }
        }
        if fields.first("wordsAsked") != nil {
            change.dietary = fields.all("dietary")
            change.allergens = fields.all("allergens")
            change.groupIDs = Self.groupIDs(fields)
        }
        if fields.first("availableAsked") != nil { change.available = fields.first("available") == "true" }
        guard errors.isEmpty else { throw .invalid(errors) }
        return change
    }

    /// The ticked groups by the number beside each; those without one come last, as they stand on the form.
    static func groupIDs(_ fields: FormFields) -> [String] {
        let ticked = fields.all("groupIds").filter(IDSource.isPlausible).enumerated()
        return ticked.map {
            (id: $0.element, place: Int(fields.first("place.\($0.element)") ?? "") ?? 1000, row: $0.offset)
        }
        .sorted { ($0.place, $0.row) < ($1.place, $1.row) }.map(\.id)
    }

    /// The body of `PATCH /api/menu/items/{id}`.
    struct Body: Decodable {
        let categoryId: String?
        let name: String?
        let description: String?
        let priceMinor: Int64?
        let taxClassId: String?
        let groupIds: [String]?
        let isArchived: Bool?
        let drawing: String?
        let dietary: [String]?
        let allergens: [String]?
        let prepSeconds: Int64?
        let station: String?
        let stockCount: Int64?
        /// False takes the count away; a count needs no word.
        let isCounted: Bool?
        let available: Bool?
        let revision: String?
        let publish: Bool?
    }

    func callAsFunction(_ body: Body) throws(Problem) -> ItemChange {
        var change = ItemChange()
        var errors: [FieldError] = []
        change.categoryID = body.categoryId
        change.name = clean(body.name, "name", .one, &errors)
        change.description = clean(body.description, "description", .many, &errors)
        change.priceMinor = body.priceMinor
        change.taxClassID = body.taxClassId
        change.groupIDs = body.groupIds
        change.isArchived = body.isArchived
        change.drawing = body.drawing
        change.dietary = body.dietary
        change.allergens = body.allergens
        change.prepSeconds = body.prepSeconds
        change.station = body.station
        if let count = body.stockCount { change.stockCount = .some(count) }
        if body.isCounted == false { change.stockCount = .some(nil) }
        change.available = body.available
        guard errors.isEmpty else { throw .invalid(errors) }
        return change
    }

    private func clean(
        _ text: String?, _ field: String, _ lines: PlainText.Lines, _ errors: inout [FieldError]
    ) -> String? {
        guard let text else { return nil }
        do {
            // Length is the use-case's business; this bound only keeps the work small.
            return try PlainText.clean(text, field: field, maximum: 2000, lines: lines)
        } catch {
            errors += error.errors
            return nil
        }
    }
}
