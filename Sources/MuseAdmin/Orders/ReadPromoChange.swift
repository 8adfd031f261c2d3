import MuseShared

/// Reads what a form or a program wants to be different about a promo code.
struct ReadPromoChange: Sendable {
    let venue: Venue

    /// - Throws: 422 with every field that can't be read, and the code if it can't be called so.
    func callAsFunction(_ fields: FormFields) throws(Problem) -> PromoChange {
        var change = PromoChange()
        var errors: [FieldError] = []
        change.code = fields.first("code")
        // Told with what can't be read, or a second try would be refused for it.
        if let code = change.code, let problem = PromoCode.problem(ofCode: code) { errors.append(problem) }
        change.note = clean(fields.first("note"), &errors)
        change.reduction = reduction(fields, &errors)
        change.startsAt = fields.first("startsAt").map { moment($0, "startsAt", &errors) }
        change.endsAt = fields.first("endsAt").map { moment($0, "endsAt", &errors) }
        if let typed = fields.first("minimum") {
            change.minimumSubtotalMinor = typed.isEmpty ? 0 : money(typed, "minimumSubtotalMinor", &errors)
        }
        change.maxUses = fields.first("maxUses").map { count($0, "maxUses", &errors) }
        change.maxUsesPerPerson = fields.first("maxUsesPerPerson").map { count($0, "maxUsesPerPerson", &errors) }
        let isWholeForm = fields.first("activeAsked") != nil
        if isWholeForm { (change.categoryIDs, change.itemIDs) = (fields.all("categoryIds"), fields.all("itemIds")) }
        if isWholeForm || fields.first("isActive") != nil {
            change.isActive = fields.first("isActive") == "true"
        }
        guard errors.isEmpty else { throw .invalid(errors) }
        return change
    }

    /// Nil if the form has neither field, or none of them can be read.
    private func reduction(_ fields: FormFields, _ errors: inout [FieldError]) -> PromoCode.Reduction? {
        guard let percent = fields.first("percent"), let amount = fields.first("amount") else { return nil }
        switch (percent.isEmpty, amount.isEmpty) {
        case (false, true):
            guard let share = Percent(text: percent) else {
                errors.append(FieldError("percent", "Write a percentage above 0 and at most 100, like 10 or 7.5."))
                return nil
            }
            return .percent(millionths: share.millionths)
        case (true, false):
            return money(amount, "amountMinor", &errors).map { .fixed(minor: $0) }
        default:
            errors.append(FieldError("percent", "What does it take off? Write a percentage or an amount, not both."))
            return nil
        }
    }

    private func clean(_ text: String?, _ errors: inout [FieldError]) -> String? {
        guard let text else { return nil }
        do {
            return try PlainText.clean(text, field: "note", maximum: 2000)
        } catch {
            errors += error.errors
            return nil
        }
    }

    private func money(_ text: String, _ field: String, _ errors: inout [FieldError]) -> Int64? {
        let minor = Money(decimal: text, currency: venue.currency)?.minor
        if minor == nil { errors.append(FieldError(field, "Write an amount like \(venue.currency.sampleAmount).")) }
        return minor
    }

    private func moment(_ text: String, _ field: String, _ errors: inout [FieldError]) -> Timestamp? {
        guard !text.isEmpty else { return nil }
        let time = venue.timeZone.moment(localText: text)
        if time == nil { errors.append(FieldError(field, "Write a date and a time, like 2026-11-27T18:30.")) }
        return time
    }

    private func count(_ text: String, _ field: String, _ errors: inout [FieldError]) -> Int64? {
        guard !text.isEmpty else { return nil }
        let count = Int64(text)
        if count == nil { errors.append(FieldError(field, "Write a whole number, or nothing for no limit.")) }
        return count
    }
}

extension ReadPromoChange {
    /// The body of `POST /api/promo-codes` and `PATCH /api/promo-codes/{id}`: what is absent stays, `null` takes away.
    struct Body: Decodable {
        let revision: Int64?
        let change: PromoChange

        private enum Key: String, CodingKey {
            case revision, code, note, percentMillionths, amountMinor, startsAt, endsAt, minimumSubtotalMinor, maxUses
            case maxUsesPerPerson, categoryIds, itemIds, isActive
        }

        init(from decoder: any Decoder) throws {
            let body = try decoder.container(keyedBy: Key.self)
            func limit<Value: Decodable>(_ key: Key, _ type: Value.Type) throws -> Value?? {
                body.contains(key) ? .some(try body.decodeIfPresent(type, forKey: key)) : nil
            }
            revision = try body.decodeIfPresent(Int64.self, forKey: .revision)
            var change = PromoChange()
            change.code = try body.decodeIfPresent(String.self, forKey: .code)
            change.note = try body.decodeIfPresent(String.self, forKey: .note)
            if let share = try body.decodeIfPresent(Int64.self, forKey: .percentMillionths) {
                change.reduction = .percent(millionths: share)
            }
            if let minor = try body.decodeIfPresent(Int64.self, forKey: .amountMinor) {
                guard change.reduction == nil else {
                    throw Problem.invalid("amountMinor", "A code takes off a percentage or an amount, not both.")
                }
                change.reduction = .fixed(minor: minor)
            }
            change.startsAt = try limit(.startsAt, Timestamp.self)
            change.endsAt = try limit(.endsAt, Timestamp.self)
            change.minimumSubtotalMinor = try body.decodeIfPresent(Int64.self, forKey: .minimumSubtotalMinor)
            change.maxUses = try limit(.maxUses, Int64.self)
            change.maxUsesPerPerson = try limit(.maxUsesPerPerson, Int64.self)
            change.categoryIDs = try body.decodeIfPresent([String].self, forKey: .categoryIds)
            change.itemIDs = try body.decodeIfPresent([String].self, forKey: .itemIds)
            change.isActive = try body.decodeIfPresent(Bool.self, forKey: .isActive)
            self.change = change
        }
    }
}
