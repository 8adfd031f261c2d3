/// The form of an address that Stripe and SES accept: ASCII, one @, a dotted domain.
enum EmailAddress {
    static func isValid(_ text: String) -> Bool {
        guard text.utf8.count <= 320, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { return false }
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, let local = halves.first, let domain = halves.last else { return false }
        guard !local.isEmpty, !local.contains(where: { "<>,;:()\"[]\\".contains($0) }) else { return false }
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                !label.isEmpty && label.allSatisfy { ($0.isASCII && $0.isLetter) || $0.isNumber || $0 == "-" }
            }
    }

    /// The address inside `Name <address>`, or the text itself.
    static func bare(_ text: String) -> String {
        guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else { return text }
        return String(text[text.index(after: open)...].dropLast())
    }
}
