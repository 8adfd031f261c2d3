/// A whole menu as staff edit it: the live one, the draft's, or an earlier one.
public struct EditedMenu: Sendable, Equatable {
    public internal(set) var entities: [MenuRef: MenuEntity]
    /// Names by identifier.
    public let taxClasses: [String: String]

    init(entities: [MenuRef: MenuEntity], taxClasses: [String: String]) {
        self.entities = entities
        self.taxClasses = taxClasses
    }

    public subscript(_ ref: MenuRef) -> MenuEntity? { entities[ref] }

    /// All of a kind in their order; archived ones only when asked for.
    public func all(_ kind: MenuKind, archived: Bool = false) -> [(ref: MenuRef, entity: MenuEntity)] {
        entities.filter { $0.key.kind == kind && $0.value.isArchived == archived }
            .map { (ref: $0.key, entity: $0.value) }
            .sorted { ($0.entity.position, $0.ref.id) < ($1.entity.position, $1.ref.id) }
    }

    public func items(inCategory id: String) -> [(ref: MenuRef, entity: MenuEntity)] {
        all(.item).filter { $0.entity.text("categoryId") == id }
    }

    public func options(ofGroup id: String) -> [(ref: MenuRef, entity: MenuEntity)] {
        all(.option).filter { $0.entity.text("groupId") == id }
    }

    /// The items that a modifier group is linked to, not copied into.
    public func items(usingGroup id: String) -> [(ref: MenuRef, entity: MenuEntity)] {
        all(.item).filter { $0.entity.texts("groupIds").contains(id) }
    }

    /// Those that stand beside each other in one list, in its order.
    public func siblings(of ref: MenuRef) -> [MenuRef] {
        guard let entity = entities[ref] else { return [] }
        switch ref.kind {
        case .category: return all(.category).map(\.ref)
        case .item: return items(inCategory: entity.text("categoryId")).map(\.ref)
        case .option: return options(ofGroup: entity.text("groupId")).map(\.ref)
        case .group: return []
        }
    }

    /// With the changes, whatever stood there before.
    func applying(_ changes: MenuChanges) -> EditedMenu {
        var after = self
        for (ref, entry) in changes.entries {
            guard var entity = entities[ref] ?? (entry.isNew ? MenuEntity(new: ref.kind) : nil) else { continue }
            for (name, field) in entry.fields { entity.fields[name] = field.to }
            after.entities[ref] = entity
        }
        return after
    }

    /// What leads from another menu to this one.
    public func changes(from other: EditedMenu) -> MenuChanges {
        var changes = MenuChanges()
        for (ref, entity) in entities {
            let before = other.entities[ref]
            guard before != entity else { continue }
            let fields = entity.fields.filter { before?.fields[$0.key] != $0.value }.map { name, value in
                (name, MenuChanges.Field(from: before?.fields[name] ?? .none, to: value))
            }
            changes.entries[ref] = MenuChanges.Entry(
                isNew: before == nil, fields: Dictionary(fields, uniquingKeysWith: { first, _ in first }))
        }
        return changes
    }
}
