import MuseShared

/// What a form or a program wants of a category or a modifier group.
struct MenuEdit: Sendable {
    struct Option: Sendable {
        /// Nil: to be made.
        let id: String?
        let values: [String: DifferenceValue]
    }

    var values: [String: DifferenceValue] = [:]
    /// Of a group: all of its options in their order; nil leaves them as they are.
    var options: [Option]?
    var goesLive = false
    var seen: String?
}

/// Reads fields as ``MenuField`` describes them, so that a field more needs no line here.
struct ReadMenuEdit: Sendable {
    let kind: MenuKind
    let currency: Currency

    /// - Throws: 422 with every field that can't be read.
    func callAsFunction(_ form: FormFields) throws(Problem) -> MenuEdit {
        var edit = MenuEdit()
        var errors: [FieldError] = []
        edit.values = read(kind, form, suffix: "", &errors)
        if form.first("optionsAsked") != nil { edit.options = options(form, &errors) }
        edit.goesLive = form.first("publish") == "true"
        edit.seen = form.first("revision")
        guard errors.isEmpty else { throw .invalid(errors) }
        return edit
    }

    /// The rows in their order; a new row without a name is one that nobody used.
    private func options(_ form: FormFields, _ errors: inout [FieldError]) -> [MenuEdit.Option] {
        let gone = Set(form.all("optionGone"))
        var rows = form.all("option").filter { !gone.contains($0) && IDSource.isPlausible($0) }
        if let move = form.first("move"), let wish = MoveWish(move), let place = rows.firstIndex(of: wish.id) {
            rows.remove(at: place)
            rows.insert(wish.id, at: min(max(0, place + wish.steps), rows.count))
        }
        return rows.compactMap { id in
            let isNew = id.hasPrefix(OptionRow.newPrefix)
            guard !isNew || form.first("name.\(id)")?.isEmpty == false else { return nil }
            return MenuEdit.Option(id: isNew ? nil : id, values: read(.option, form, suffix: ".\(id)", &errors))
        }
    }

    private func read(
        _ kind: MenuKind, _ form: FormFields, suffix: String, _ errors: inout [FieldError]
    ) -> [String: DifferenceValue] {
        var values: [String: DifferenceValue] = [:]
        for field in MenuField.all(kind) {
            let name = field.name + suffix
            guard let typed = form.first(name) else { continue }
            values[field.name] = value(typed, field, name, &errors)
        }
        return values
    }

    private func value(
        _ typed: String, _ field: MenuField, _ name: String, _ errors: inout [FieldError]
    ) -> DifferenceValue? {
        switch field.form {
        case .line: return clean(typed, name, .one, &errors)
        case .text: return clean(typed, name, .many, &errors)
        case .choice, .one, .taxClass: return .text(typed)
        case .flag: return .flag(typed == "true")
        case .money:
            if let money = Money(decimal: typed.isEmpty ? "0" : typed, currency: currency) {
                return .number(money.minor)
            }
            errors.append(FieldError(name, "Write a price like 0.50."))
            return nil
        case .number, .place:
            if let number = Int64(typed) { return .number(number) }
            errors.append(FieldError(name, "Write a whole number."))
            return nil
        case .words, .many: return nil
        }
    }

    /// - Throws: 422 with every text that can't be shown.
    func callAsFunction(_ body: Body) throws(Problem) -> MenuEdit {
        var errors: [FieldError] = []
        let options = body.options?.map { option in
            var values = option
            values["id"] = nil
            var id: String?
            if case .text(let text) = option["id"] { id = text }
            return MenuEdit.Option(id: id, values: cleaned(values, .option, &errors))
        }
        let edit = MenuEdit(
            values: cleaned(body.values, kind, &errors), options: options, goesLive: body.publish ?? false,
            seen: body.revision)
        guard errors.isEmpty else { throw .invalid(errors) }
        return edit
    }

    private func cleaned(
        _ values: [String: DifferenceValue], _ kind: MenuKind, _ errors: inout [FieldError]
    ) -> [String: DifferenceValue] {
        var known: [String: DifferenceValue] = [:]
        for field in MenuField.all(kind) {
            guard let value = values[field.name] else { continue }
            if case .text(let text) = value, case .line = field.form {
                known[field.name] = clean(text, field.name, .one, &errors)
            } else if case .text(let text) = value, case .text = field.form {
                known[field.name] = clean(text, field.name, .many, &errors)
            } else {
                known[field.name] = value
            }
        }
        return known
    }

    private func clean(
        _ text: String, _ name: String, _ lines: PlainText.Lines, _ errors: inout [FieldError]
    ) -> DifferenceValue? {
        do {
            // Length is the field's business; this bound only keeps the work small.
            return .text(try PlainText.clean(text, field: name, maximum: 2000, lines: lines))
        } catch {
            errors += error.errors
            return nil
        }
    }

    /// A JSON body: fields by their names, and for a group its options.
    struct Body: Decodable {
        var values: [String: DifferenceValue] = [:]
        var options: [[String: DifferenceValue]]?
        var publish: Bool?
        var revision: String?

        private struct Key: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init?(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            for key in container.allKeys {
                switch key.stringValue {
                case "options": options = try container.decode([[String: DifferenceValue]].self, forKey: key)
                case "publish": publish = try container.decode(Bool.self, forKey: key)
                case "revision": revision = try container.decode(String.self, forKey: key)
                default: values[key.stringValue] = try container.decode(DifferenceValue.self, forKey: key)
                }
            }
        }
    }
}

/// `{id}:{steps}`: which row a button moves, and where to.
struct MoveWish {
    let id: String
    let steps: Int

    init?(_ text: String) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let first = parts.first, let last = parts.last, let steps = Int(last),
            (-1000...1000).contains(steps)
        else { return nil }
        id = String(first)
        self.steps = steps
    }
}

/// How rows of a form that are no option yet are called.
enum OptionRow {
    static let newPrefix = "new-"
    static let blank = 3
}
