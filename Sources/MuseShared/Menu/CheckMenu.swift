/// Tells what keeps changes from going on a menu, as sentences beside fields.
struct CheckMenu: Sendable {
    /// The menu with the changes.
    let menu: EditedMenu
    let changes: MenuChanges

    /// - Parameter isFinal: about to be shown to guests, so that nothing may be half done.
    func problems(isFinal: Bool) -> [FieldError] {
        changes.refs.flatMap { ref in
            fieldProblems(ref) + referenceProblems(ref) + (isFinal ? completeness(ref) : [])
        }
    }

    private func fieldProblems(_ ref: MenuRef) -> [FieldError] {
        guard let entry = changes.entries[ref] else { return [] }
        return MenuField.all(ref.kind).compactMap { field in
            guard let value = entry.fields[field.name]?.to else { return nil }
            return field.problem(value).map { FieldError(field.name, $0) }
        }
    }

    private func referenceProblems(_ ref: MenuRef) -> [FieldError] {
        guard let entity = menu[ref], let entry = changes.entries[ref] else { return [] }
        return MenuField.all(ref.kind).compactMap { field -> FieldError? in
            guard entry.isNew || entry.fields[field.name] != nil else { return nil }
            switch field.form {
            case .one(let kind):
                let target = menu[MenuRef(kind, entity.text(field.name))]
                let isThere = target.map { !$0.isArchived || entity.isArchived } ?? false
                return isThere ? nil : FieldError(field.name, "This \(kind.rawValue) is no longer there.")
            case .many(let kind):
                let missing = entity.texts(field.name).contains { menu[MenuRef(kind, $0)] == nil }
                return missing ? FieldError(field.name, "One of them is no longer there.") : nil
            case .taxClass:
                let isKnown = menu.taxClasses[entity.text(field.name)] != nil
                return isKnown ? nil : FieldError(field.name, "Choose how it is taxed.")
            default: return nil
            }
        }
    }

    /// A required choice that nobody can make would keep guests from ordering at all.
    private func completeness(_ ref: MenuRef) -> [FieldError] {
        guard let entity = menu[ref], !entity.isArchived else { return [] }
        switch ref.kind {
        case .group: return groupProblems(ref.id, entity)
        case .option:
            let id = entity.text("groupId")
            guard let group = menu[MenuRef(.group, id)], !changes.refs.contains(MenuRef(.group, id)) else { return [] }
            return groupProblems(id, group)
        case .item, .category: return []
        }
    }

    private func groupProblems(_ id: String, _ group: MenuEntity) -> [FieldError] {
        guard group.number("max") >= group.number("min") else {
            return [FieldError("max", "“\(group.name)”: at most can't be less than at least.")]
        }
        guard !menu.items(usingGroup: id).isEmpty else { return [] }
        let most = menu.options(ofGroup: id).reduce(Int64(0)) { $0 + $1.entity.number("maxQuantity") }
        guard most >= max(1, group.number("min")) else {
            return [FieldError("options", "“\(group.name)” has too few options to choose \(group.number("min")).")]
        }
        return []
    }
}
