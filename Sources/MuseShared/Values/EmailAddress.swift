import Foundation

/// An address that a message can plausibly reach: one `@`, a domain with a dot, no spaces, at most 254 bytes
/// (RFC 5321, 4.5.3.1). Whether somebody reads it, only a message can tell.
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
        guard labels.count >= 2, labels.allSatisfy({ (1...63).contains($0.utf8.count) }) else { return nil }
        text = "\(parts[0])@\(parts[1].lowercased())"
    }

    /// Nothing that could end a header or start another address.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 32 && scalar.value != 127 && !"<>()[]\\,;:\"".unicodeScalars.contains(scalar)
            && !scalar.properties.isWhitespace
    }
}
