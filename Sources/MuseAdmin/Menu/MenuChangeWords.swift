import MuseShared

/// What is different between two menus, in words and figures: one card a thing, one line a field.
struct MenuChangeWords: Sendable {
    struct Card: Encodable, Sendable {
        let changeKind: String
        let changeId: String
        let changeHref: String?
        let changeName: String
        /// `Item in Coffee`.
        let place: String
        let state: String
        let tone: String
        let by: String?
        /// Facts of the evening beside it: sold out, archived meanwhile.
        let remark: String?
        let canSettle: Bool
        let lines: [Line]
    }

    struct Line: Encodable, Sendable {
        let field: String
        let label: String
        let old: String?
        let new: String
        let clash: Clash?
    }

    /// What somebody changed live after the draft had been begun.
    struct Clash: Encodable, Sendable {
        let clashKind: String
        let clashId: String
        let clashField: String
        let words: String
        let keepLive: String
        let keepDraft: String
    }

    let before: EditedMenu
    let after: EditedMenu
    let currency: Currency
    var zone: VenueZone?
    var authors: [MenuRef: MenuDraft.Author] = [:]
    var conflicts: [MenuConflict] = []
    /// Identifiers of what is sold out now.
    var soldOut: Set<String> = []
    var canSettle = false

    func cards(_ changes: MenuChanges) -> [Card] {
        let single = changes.refs.compactMap { ref in changes.entries[ref].flatMap { card(ref, $0) } }
        return single + orders(changes)
    }

    private func card(_ ref: MenuRef, _ entry: MenuChanges.Entry) -> Card? {
        guard let entity = after[ref] else { return nil }
        let lines = MenuField.all(ref.kind).compactMap { field in
            entry.fields[field.name].flatMap { line(ref, field, $0, isNew: entry.isNew) }
        }
        // Archiving has no line of its own: the state at the card's corner says it.
        guard !lines.isEmpty || entry.isNew || entry.fields["isArchived"] != nil else { return nil }
        let (state, tone) = state(entry)
        return Card(
            changeKind: ref.kind.rawValue, changeId: ref.id, changeHref: href(ref, entity), changeName: entity.name,
            place: place(ref, entity), state: state, tone: tone, by: by(ref), remark: remark(ref, entry),
            canSettle: canSettle, lines: lines)
    }

    private func state(_ entry: MenuChanges.Entry) -> (String, String) {
        if entry.isNew { return ("New", "positive") }
        switch entry.fields["isArchived"]?.to {
        case .flag(true): return ("Archived", "danger")
        case .flag(false): return ("Restored", "positive")
        default: return ("Changed", "warning")
        }
    }

    private func line(
        _ ref: MenuRef, _ field: MenuField, _ change: MenuChanges.Field, isNew: Bool
    ) -> Line? {
        if case .place = field.form { return nil }
        if field.name == "isArchived" { return nil }
        let new = words(change.to, field, in: after)
        if isNew, new == Self.nothing || field.name == "name" { return nil }
        return Line(
            field: field.name, label: field.label, old: isNew ? nil : words(change.from, field, in: before), new: new,
            clash: clash(ref, field))
    }

    private func clash(_ ref: MenuRef, _ field: MenuField) -> Clash? {
        guard let conflict = conflicts.first(where: { $0.ref == ref && $0.field == field.name }) else { return nil }
        let live = words(conflict.live, field, in: before)
        let draft = words(conflict.draft, field, in: after)
        return Clash(
            clashKind: ref.kind.rawValue, clashId: ref.id, clashField: field.name,
            words:
                "It was \(words(conflict.begunAt, field, in: before)) when the draft was begun, and somebody has made "
                + "it \(live) since.",
            keepLive: "Keep \(live)", keepDraft: "Take \(draft)")
    }

    static let nothing = "nothing"

    func words(_ value: DifferenceValue, _ field: MenuField, in menu: EditedMenu) -> String {
        switch (field.form, value) {
        case (.money, .number(let minor)): return Money(minor: minor, currency: currency).formatted
        case (.one(let kind), .text(let id)): return menu[MenuRef(kind, id)]?.name ?? id
        case (.many(let kind), .texts(let ids)):
            let names = ids.map { menu[MenuRef(kind, $0)]?.name ?? $0 }
            return names.isEmpty ? Self.nothing : names.joined(separator: ", ")
        case (.taxClass, .text(let id)): return menu.taxClasses[id] ?? id
        case (_, .text(let text)): return text.isEmpty ? Self.nothing : text
        case (_, .number(let number)): return String(number)
        case (_, .flag(let flag)): return flag ? "yes" : "no"
        case (_, .texts(let texts)): return texts.isEmpty ? Self.nothing : texts.joined(separator: ", ")
        case (_, .none): return Self.nothing
        }
    }

    private func place(_ ref: MenuRef, _ entity: MenuEntity) -> String {
        switch ref.kind {
        case .category: return "Category"
        case .group: return "Choices"
        case .option: return "Option of \(after[MenuRef(.group, entity.text("groupId"))]?.name ?? "a group")"
        case .item: return "Item in \(after[MenuRef(.category, entity.text("categoryId"))]?.name ?? "a category")"
        }
    }

    private func href(_ ref: MenuRef, _ entity: MenuEntity) -> String? {
        switch ref.kind {
        case .category: Paths.category(ref.id)
        case .group: Paths.group(ref.id)
        case .option: Paths.group(entity.text("groupId"))
        case .item: Paths.item(ref.id)
        }
    }

    private func by(_ ref: MenuRef) -> String? {
        guard let author = authors[ref] else { return nil }
        let time = zone.map { $0.dayAndTime(author.at) } ?? ""
        return "\(author.name ?? "Somebody"), \(time)"
    }

    private func remark(_ ref: MenuRef, _ entry: MenuChanges.Entry) -> String? {
        guard ref.kind == .item else { return nil }
        if before[ref]?.isArchived == true, entry.fields["isArchived"] == nil {
            return "It was archived meanwhile: guests will not see this change until it is restored."
        }
        return soldOut.contains(ref.id) ? "It is sold out now and stays so: publishing does not put it back." : nil
    }

    // MARK: Order

    /// Places are told as the two orders of the list, not as twenty numbers.
    private func orders(_ changes: MenuChanges) -> [Card] {
        var seen: Set<[MenuRef]> = []
        return changes.refs.compactMap { ref -> Card? in
            guard let entry = changes.entries[ref], !entry.isNew, entry.fields["position"] != nil else { return nil }
            let (old, new) = (before.siblings(of: ref), after.siblings(of: ref))
            let kept = Set(old).intersection(new)
            let (first, second) = (old.filter(kept.contains), new.filter(kept.contains))
            guard first != second, seen.insert(second).inserted else { return nil }
            return Card(
                changeKind: ref.kind.rawValue, changeId: ref.id, changeHref: nil, changeName: listName(ref),
                place: "Order", state: "Sorted", tone: "warning", by: by(ref), remark: nil, canSettle: false,
                lines: [
                    Line(field: "position", label: "Order", old: names(first), new: names(second), clash: nil)
                ])
        }
    }

    private func names(_ refs: [MenuRef]) -> String {
        refs.map { after[$0]?.name ?? $0.id }.joined(separator: ", ")
    }

    private func listName(_ ref: MenuRef) -> String {
        guard let entity = after[ref] else { return ref.id }
        switch ref.kind {
        case .category: return "Categories"
        case .option: return after[MenuRef(.group, entity.text("groupId"))]?.name ?? "Options"
        case .item: return after[MenuRef(.category, entity.text("categoryId"))]?.name ?? "Items"
        case .group: return "Choices"
        }
    }
}
