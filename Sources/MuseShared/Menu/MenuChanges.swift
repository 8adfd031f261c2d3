/// What is to become different, or became different, about a menu: the draft, a version, the way back to one.
public struct MenuChanges: Sendable, Equatable {
    public struct Field: Sendable, Equatable, Codable {
        public let from: DifferenceValue
        public let to: DifferenceValue
    }

    public struct Entry: Sendable, Equatable {
        /// It did not exist before.
        public var isNew: Bool
        public var fields: [String: Field]
    }

    public internal(set) var entries: [MenuRef: Entry] = [:]

    public init() {}

    init(entries: [MenuRef: Entry]) {
        self.entries = entries
    }

    public var isEmpty: Bool { entries.isEmpty }
    public var refs: [MenuRef] { entries.keys.sorted() }

    /// The same with only some of its things.
    func only(_ refs: Set<MenuRef>) -> MenuChanges {
        MenuChanges(entries: entries.filter { refs.contains($0.key) })
    }

    /// What undoes them. What was new is archived: its row stays, because orders name it.
    var reversed: MenuChanges {
        MenuChanges(
            entries: entries.mapValues { entry in
                entry.isNew
                    ? Entry(isNew: false, fields: ["isArchived": Field(from: .flag(false), to: .flag(true))])
                    : Entry(isNew: false, fields: entry.fields.mapValues { Field(from: $0.to, to: $0.from) })
            })
    }

    /// For the log: `soup.priceMinor`.
    var difference: Difference {
        var difference = Difference()
        for (ref, entry) in entries {
            for (name, field) in entry.fields {
                difference.note("\(ref.kind.rawValue).\(ref.id).\(name)", from: field.from, to: field.to)
            }
        }
        return difference
    }
}

extension MenuChanges: Codable {
    private struct Stored: Codable {
        let kind: MenuKind
        let id: String
        let isNew: Bool
        let fields: [String: Field]
    }

    public init(from decoder: any Decoder) throws {
        let stored = try decoder.singleValueContainer().decode([Stored].self)
        entries = Dictionary(
            stored.map { (MenuRef($0.kind, $0.id), Entry(isNew: $0.isNew, fields: $0.fields)) },
            uniquingKeysWith: { _, last in last })
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(
            entries.sorted { $0.key < $1.key }.map { ref, entry in
                Stored(kind: ref.kind, id: ref.id, isNew: entry.isNew, fields: entry.fields)
            })
    }
}
