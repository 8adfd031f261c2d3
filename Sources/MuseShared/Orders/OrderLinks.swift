import Crypto
import Foundation

/// The signed link to one order: whoever holds it may see that order and nothing else.
///
/// The token is an HMAC of the order's id, so a repeated request gets the same link and nothing secret is stored.
/// While secrets roll, every configured one is accepted; the hash kept with the order outlives them all.
public struct OrderLinks: Sendable {
    private let keys: [SymmetricKey]
    private let customerURL: String

    /// - Parameters:
    ///   - secrets: newest first; the first one signs.
    ///   - customerURL: public origin of the customer site, without a slash at the end.
    public init(secrets: [String], customerURL: String) {
        keys = secrets.map { secret in
            // A key of its own, so that a service token can never be read as an order's token.
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: Data(secret.utf8)), info: Data("muse order link".utf8),
                outputByteCount: 32)
        }
        self.customerURL = customerURL
    }

    public func token(for orderID: String) -> Token {
        guard let key = keys.first else { return Token.random() }
        return Token(text: Self.code(orderID, key: key))
    }

    public func isValid(_ token: Token, for order: Order) -> Bool {
        if token.hash == order.tokenHash { return true }
        guard let presented = Data(base64URL: token.text) else { return false }
        return keys.contains { key in
            HMAC<SHA256>.isValidAuthenticationCode(presented, authenticating: Data(order.id.utf8), using: key)
        }
    }

    /// The address that goes into emails and to Stripe.
    public func url(for orderID: String) -> String {
        "\(customerURL)\(path(for: orderID))"
    }

    public func path(for orderID: String) -> String {
        "/orders/\(orderID)?token=\(token(for: orderID).text)"
    }

    private static func code(_ orderID: String, key: SymmetricKey) -> String {
        Data(HMAC<SHA256>.authenticationCode(for: Data(orderID.utf8), using: key)).base64URL
    }
}

extension Data {
    /// Reads base64 with the URL alphabet, with or without padding.
    init?(base64URL text: String) {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        self.init(base64Encoded: standard + padding)
    }
}
