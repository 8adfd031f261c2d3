/// An address that mail can be sent to: checked by form alone, the mailbox proves the rest.
public struct EmailAddress: Sendable, Hashable {
    /// Trimmed; the domain in lowercase, the local part as typed.
    public let text: String

    /// RFC 5321's dot-atoms in ASCII, with a domain of at least two labels. Quoted local parts, comments and
    /// line breaks, which could carry further headers, are refused.
    public init?(_ input: String) {
        let text = input.trimmingPrefix(while: { $0 == " " })
        let end = text.lastIndex { $0 != " " }
        guard let end else { return nil }
        let parts = text[...end].split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), (3...190).contains(parts[1].utf8.count),
            Self.isDotAtom(parts[0]), Self.isDomain(parts[1])
        else { return nil }
        self.text = "\(parts[0])@\(parts[1].lowercased())"
    }

    /// `a•••@example.com`: for logs and lists, where the whole address is nobody's business.
    public var masked: String { Self.masked(text) }

    /// Masks what was stored before it was checked, too.
    static func masked(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@"), let first = text.first else { return "•••" }
        return "\(first)•••\(text[at...])"
    }

    private static func isDotAtom(_ text: Substring) -> Bool {
        let marks = Set("!#$%&'*+-/=?^_`{|}~".utf8)
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.utf8.allSatisfy { isLetterOrDigit($0) || marks.contains($0) }
        }
    }

    private static func isDomain(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, last.utf8.contains(where: { !(48...57).contains($0) }) else {
            return false
        }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 45 }
        } && last.utf8.count >= 2
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
