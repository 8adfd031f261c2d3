import Foundation
import Metrics

/// Takes text that is plain by nature (names, notes, subjects) from input.
///
/// It is stored as typed and escaped where it is shown; only what can't belong in plain text is removed or refused.
public enum PlainText {
    public enum Lines: Sendable {
        case one, many
    }

    /// Trims, brings to Unicode form C, and removes HTML tags.
    ///
    /// What looks like SQL passes unharmed (O'Brien, "Select Roast", "2 < 3") and is only counted.
    /// - Parameter maximum: in characters as people count them.
    /// - Throws: 422 on `field` for control characters and for text that is too long.
    public static func clean(
        _ text: String,
        field: String,
        maximum: Int,
        lines: Lines = .one
    ) throws(Problem) -> String {
        let normal = text.replacing("\r\n", with: "\n").precomposedStringWithCanonicalMapping
        let isClean = normal.unicodeScalars.allSatisfy { scalar in
            if lines == .many, scalar == "\n" || scalar == "\t" { return true }
            return !isRefused(scalar)
        }
        guard isClean else { throw .invalid(field, "Please leave out characters that can't be shown.") }
        guard let untagged = withoutTags(normal) else {
            throw .invalid(field, "Please write this without markup.")
        }
        let plain = untagged.trimmingCharacters(in: .whitespacesAndNewlines)
        guard plain.count <= maximum, plain.utf8.count <= maximum * 8 else {
            throw .invalid(field, "Please use at most \(maximum) characters.")
        }
        if looksLikeSQL(plain) { suspicious.increment() }
        return plain
    }

    private static let suspicious = Counter(label: "suspicious_input_total")

    /// Control characters, and those that turn the direction of what follows: they hide what a text says.
    private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .privateUse, .surrogate, .unassigned: true
        default: (0x202a...0x202e).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        }
    }

    /// Removes `<name …>`, `</name>`, `<!…>` and `<?…>` until none is left: removing one may form another.
    /// Nil for text that is still forming tags after a few rounds: nobody types that, and each round costs time.
    private static func withoutTags(_ text: String) -> String? {
        // A regex literal is parsed anew at each use, which for every field of every order was a sixth of all the work:
        // so what can't match is told apart by its bytes first, here and below.
        guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
        var text = text
        for _ in 0..<6 {
            let shorter = text.replacing(/<[A-Za-z\/!?][^<>]*>/, with: "")
            if shorter == text { return text }
            text = shorter
        }
        return nil
    }

    /// A quote followed by an operator or a comment, a second statement, or a union: counted, never blocked.
    static func looksLikeSQL(_ text: String) -> Bool {
        let lower = text.lowercased()
        guard lower.utf8.contains(where: "'\";".utf8.contains) || lower.contains("union") else { return false }
        return lower.contains(/['"]\s*(or|and)\s+['"\d]/) || lower.contains(/;\s*(drop|delete|insert|update|alter)\s/)
            || lower.contains(/union\s+(all\s+)?select\s/) || lower.contains(/['"]\s*;?\s*--/)
    }
}
