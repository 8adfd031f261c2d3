extension EmailAddress {
    /// `a•••@example.com`: for logs and lists, where the whole address is nobody's business.
    public var masked: String { Self.masked(text) }

    /// Masks also what was stored before it was checked.
    static func masked(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@"), let first = text.first else { return "•••" }
        return "\(first)•••\(text[at...])"
    }
}
