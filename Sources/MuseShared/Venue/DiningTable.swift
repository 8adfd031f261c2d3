/// A table that guests order from by its link.
public struct DiningTable: Sendable, Equatable {
    public let id: String
    public let name: String
    public let area: String
    /// The unguessable end of its link.
    public let code: String

    /// 128 bits of chance, in characters that a link may hold.
    static func newCode() -> String { String(Token.random().text.prefix(22)) }

    /// What a code may look like, before the database is asked.
    public static func isPlausible(_ code: String) -> Bool {
        (16...64).contains(code.utf8.count)
            && code.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95
            }
    }
}
