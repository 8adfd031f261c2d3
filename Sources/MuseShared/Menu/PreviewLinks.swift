import Crypto
import Foundation

/// Links to the preview of the menu: whoever has one may look for a while, and nothing else.
public struct PreviewLinks: Sendable {
    static let path = "/menu/preview"
    /// Long enough to show it to a colleague, short enough to be forgotten.
    static let seconds: Int64 = 2 * 3600

    private let keys: [SymmetricKey]
    private let customerURL: Origin

    /// - Parameter secrets: newest first. The first signs; all of them verify while they roll.
    public init(secrets: [Secret], customerURL: Origin) {
        keys = secrets.map { secret in
            // A key of its own, so that no other signature of ours can be read as this one.
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: Data(secret.reveal().utf8)), info: Data("muse menu preview".utf8),
                outputByteCount: 32)
        }
        self.customerURL = customerURL
    }

    public struct Link: Sendable {
        public let url: String
        public let until: Timestamp
    }

    /// Nil without any secret.
    public func link(now: Timestamp) -> Link? {
        guard let key = keys.first else { return nil }
        let until = now.unixSeconds + Self.seconds
        let code = Data(HMAC<SHA256>.authenticationCode(for: Self.signed(until), using: key)).hexadecimal
        return Link(
            url: customerURL.appending("\(Self.path)?until=\(until)&code=\(code)"),
            until: Timestamp(unixSeconds: until))
    }

    /// Whether the link is one of ours and has not ended. Compared in constant time.
    public func opens(until: String?, code: String?, now: Timestamp) -> Bool {
        guard let until, (1...12).contains(until.utf8.count), let seconds = Int64(until), String(seconds) == until,
            let code, code.utf8.count == 64, let bytes = Data(hexadecimal: code[...]),
            seconds > now.unixSeconds, seconds <= now.unixSeconds + Self.seconds
        else { return false }
        return keys.contains { key in
            HMAC<SHA256>.isValidAuthenticationCode(bytes, authenticating: Self.signed(seconds), using: key)
        }
    }

    private static func signed(_ until: Int64) -> Data {
        Data("menu-preview\n\(until)".utf8)
    }
}
