import Foundation

/// Which passwords are taken: 8 to 128 characters of any kind, but none that everybody tries first.
public enum PasswordRule {
    public static let length = 8...128

    public enum Refusal: Error, Sendable, Equatable {
        case tooShort, tooLong, common
    }

    /// - Parameter address: whose password it is, since one's own address is the first guess of all.
    static func check(_ password: String, for address: String) throws(Refusal) {
        let count = password.unicodeScalars.count
        if count < length.lowerBound { throw .tooShort }
        if count > length.upperBound { throw .tooLong }
        let lower = password.lowercased()
        let name = address.split(separator: "@").first.map(String.init) ?? address
        if CommonPasswords.contains(lower) || lower == address || lower == name { throw .common }
    }
}

extension PasswordRule.Refusal {
    public var sentence: String {
        switch self {
        case .tooShort: "Choose a password of at least \(PasswordRule.length.lowerBound) characters."
        case .tooLong: "Choose a password of at most \(PasswordRule.length.upperBound) characters."
        case .common: "This password is one of the first that anybody tries. Choose another."
        }
    }
}
