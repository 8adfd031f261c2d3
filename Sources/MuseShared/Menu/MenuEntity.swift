/// A category, item, modifier group or option as staff edit it, field by field.
///
/// What the evening changes, counts and what is sold out, is no field of it.
public struct MenuEntity: Sendable, Equatable {
    public internal(set) var fields: [String: DifferenceValue]

    init(_ fields: [String: DifferenceValue]) {
        self.fields = fields
    }

    /// A new one, before anybody has written anything.
    init(new kind: MenuKind) {
        fields = Dictionary(uniqueKeysWithValues: MenuField.all(kind).map { ($0.name, $0.initial) })
    }

    public subscript(_ field: String) -> DifferenceValue { fields[field] ?? .none }

    public var name: String { text("name") }
    public var isArchived: Bool { self["isArchived"] == .flag(true) }
    var position: Int64 { number("position") }

    public func text(_ field: String) -> String {
        if case .text(let text) = self[field] { text } else { "" }
    }

    public func number(_ field: String) -> Int64 {
        if case .number(let number) = self[field] { number } else { 0 }
    }

    public func texts(_ field: String) -> [String] {
        if case .texts(let texts) = self[field] { texts } else { [] }
    }
}
