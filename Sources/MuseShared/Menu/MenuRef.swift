/// What a menu is made of, in the order in which it is written: what is pointed at comes first.
public enum MenuKind: String, Sendable, Codable, CaseIterable, Comparable {
    case category, group, option, item

    public static func < (left: MenuKind, right: MenuKind) -> Bool {
        left.place < right.place
    }

    private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// One thing of the menu.
public struct MenuRef: Sendable, Hashable, Comparable, Codable {
    public let kind: MenuKind
    public let id: String

    public init(_ kind: MenuKind, _ id: String) {
        self.kind = kind
        self.id = id
    }

    public static func < (left: MenuRef, right: MenuRef) -> Bool {
        (left.kind, left.id) < (right.kind, right.id)
    }
}
