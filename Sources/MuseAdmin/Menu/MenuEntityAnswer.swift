import MuseShared

/// A category, a modifier group or an option as the draft has it, for a program.
struct MenuEntityAnswer: Encodable {
    let ref: MenuRef
    let entity: MenuEntity
    let options: [MenuEntityAnswer]
    let usedBy: [String]?
    /// To be sent back with a change, so that two editors don't overwrite each other.
    let revision: String?

    init(_ ref: MenuRef, in menu: EditedMenu) throws {
        self.ref = ref
        entity = try menu[ref].unwrapped()
        let isGroup = ref.kind == .group
        options = isGroup ? try menu.options(ofGroup: ref.id).map { try MenuEntityAnswer($0.ref, in: menu) } : []
        usedBy = isGroup ? menu.items(usingGroup: ref.id).map(\.ref.id) : nil
        revision = ref.kind == .option ? nil : try menu.fingerprint(of: ref)
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ text: String) { stringValue = text }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(ref.id, forKey: Key("id"))
        for (name, value) in entity.fields { try container.encode(value, forKey: Key(name)) }
        if ref.kind == .group { try container.encode(options, forKey: Key("options")) }
        try container.encodeIfPresent(usedBy, forKey: Key("usedBy"))
        try container.encodeIfPresent(revision, forKey: Key("revision"))
    }
}

extension Optional where Wrapped: Sendable {
    /// - Throws: 404 for what is not there.
    func unwrapped() throws(Problem) -> Wrapped {
        guard let self else { throw .notFound }
        return self
    }
}

/// The menu as guests see it, and what waits to change it.
struct StaffMenuAnswer: Encodable {
    struct Draft: Encodable {
        /// To be sent with `POST /api/menu/publish`, so that nothing goes live that nobody has looked at.
        let revision: String
        let changes: [Change]
        let conflicts: [Conflict]
    }

    struct Change: Encodable {
        let kind: MenuKind
        let id: String
        let name: String
        let isNew: Bool
        let fields: [String: MenuChanges.Field]
    }

    struct Conflict: Encodable {
        let kind: MenuKind
        let id: String
        let field: String
        let begunAt: DifferenceValue
        let live: DifferenceValue
        let draft: DifferenceValue
    }

    struct Archived: Encodable {
        let kind: MenuKind
        let id: String
        let name: String
    }

    let version: Int64
    let currency: String
    let categories: [MenuCategory]
    let draft: Draft
    let groups: [MenuEntityAnswer]
    let archived: [Archived]

    init(_ menu: Menu, live: EditedMenu, draft waiting: MenuDraft) throws {
        version = menu.version
        currency = menu.currency
        categories = menu.categories
        let view = waiting.applied(to: live)
        let pending = waiting.pending(on: live)
        draft = Draft(
            revision: try waiting.fingerprint(on: live), changes: Self.changes(pending, in: view),
            conflicts: waiting.conflicts(with: live).map {
                Conflict(
                    kind: $0.ref.kind, id: $0.ref.id, field: $0.field, begunAt: $0.begunAt, live: $0.live,
                    draft: $0.draft)
            })
        groups = try view.all(.group).map { try MenuEntityAnswer($0.ref, in: view) }
        archived = [MenuKind.category, .group, .item].flatMap { kind in
            view.all(kind, archived: true).map { Archived(kind: kind, id: $0.ref.id, name: $0.entity.name) }
        }
    }

    static func changes(_ changes: MenuChanges, in menu: EditedMenu) -> [Change] {
        changes.refs.compactMap { ref in
            changes.entries[ref].map {
                Change(
                    kind: ref.kind, id: ref.id, name: menu[ref]?.name ?? ref.id, isNew: $0.isNew, fields: $0.fields)
            }
        }
    }
}

/// What a publishing or a return to an earlier menu made.
struct PublishedAnswer: Encodable {
    let number: Int64
    let menuVersion: Int64
    let count: Int

    init(_ published: PublishMenu.Published) {
        number = published.number
        menuVersion = published.menuVersion
        count = published.count
    }
}

/// One menu of the past, for a program.
struct MenuVersionAnswer: Encodable {
    let number: Int64
    let at: Timestamp
    let by: String?
    let kind: MenuVersion.Kind
    let revertedTo: Int64?
    let menuVersion: Int64
    let changes: MenuChanges

    init(_ version: MenuVersion) {
        number = version.number
        at = version.at
        by = version.author
        kind = version.kind
        revertedTo = version.revertedTo
        menuVersion = version.menuVersion
        changes = version.changes
    }
}
