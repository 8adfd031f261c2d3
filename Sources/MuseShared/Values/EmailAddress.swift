import Foundation

/// An address that a message can plausibly reach: one `@`, a domain with a dot, no spaces, at most 254 bytes
/// (RFC 5321, 4.5.3.1), and nothing outside ASCII, which SES refuses: a domain with other letters is written as `xn--`.
/// Whether somebody reads it, only a message can tell.
public struct EmailAddress: Sendable, Hashable {
    /// Trimmed, with the domain in lowercase.
    public let text: String

    public init?(_ input: String) {
        let trimmed = input.trimmingCharacters(in: .whitespacesAndNewlines)
        let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, trimmed.utf8.count <= 254, (1...64).contains(parts[0].utf8.count),
            trimmed.unicodeScalars.allSatisfy(Self.isAllowed)
        else { return nil }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy(Self.isLabel),
            !parts[0].split(separator: ".", omittingEmptySubsequences: false).contains(where: \.isEmpty)
        else { return nil }
        text = "\(parts[0])@\(parts[1].lowercased())"
    }

    /// RFC 1123, 2.1.
    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
            }
    }

    /// Nothing that could end a header or start another address.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 32 && scalar.value < 127 && !"<>()[]\\,;:\"".unicodeScalars.contains(scalar)
    }
}
