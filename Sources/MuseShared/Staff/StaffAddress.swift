import Foundation

/// An email address as staff accounts are known by: trimmed and lowercase.
struct StaffAddress: Sendable, Equatable {
    let text: String

    /// Nil unless there is one `@` with something plausible on both sides, at most 254 bytes (RFC 5321, 4.5.3.1.3).
    init?(_ typed: String) {
        let text = typed.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, parts.count == 2, let local = parts.first, let domain = parts.last,
            !local.isEmpty, domain.contains("."), !domain.hasPrefix("."), !domain.hasSuffix("."),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f && $0 != 0x2c && $0 != 0x3b && $0 != 0x3c && $0 != 0x3e })
        else { return nil }
        self.text = text
    }

    func isIn(_ domains: [String]) -> Bool {
        guard let domain = text.split(separator: "@").last else { return false }
        return domains.contains { $0 == domain }
    }
}
