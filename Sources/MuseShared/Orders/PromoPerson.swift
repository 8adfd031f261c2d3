import Crypto
import Foundation

/// One person to a promo code's limit: an email address as its owner has it, kept only as a hash.
///
/// Capitals and a `+tag` don't make another person: most mail providers deliver all of them to one box.
struct PromoPerson: Sendable, Equatable {
    let hash: String

    init(email: String) {
        let parts = email.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
            .split(separator: "@", maxSplits: 1)
        let name = parts.first?.prefix { $0 != "+" } ?? ""
        let domain = parts.count == 2 ? parts[1] : ""
        hash = SHA256.hash(data: Data("\(name)@\(domain)".utf8)).hexadecimal
    }
}
