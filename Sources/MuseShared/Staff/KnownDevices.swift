import Crypto
import Foundation

/// Proofs that a browser has signed in to an account before, kept by that browser in a cookie.
///
/// A proof opens nothing. It only lets an attempt past the wait that strangers have brought upon the account, to one of
/// the browser's own, so that nobody can keep the owner of an account out by typing wrong passwords. It is signed and
/// bound to the account; nothing of it is stored but the hash under which its attempts are counted.
public struct KnownDevices: Sendable {
    /// Name of the cookie.
    public static let cookie = "devices"
    public static let seconds: Int64 = 180 * 86_400
    /// A tablet at the counter has several people; more than these begin again as strangers.
    static let most = 8

    private let keys: [SymmetricKey]

    /// - Parameter secrets: newest first. The first signs; all of them verify while they roll. None: no browser is known.
    public init(secrets: [Secret]) {
        keys = secrets.map { secret in
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: Data(secret.reveal().utf8)), info: Data("muse known device".utf8),
                outputByteCount: 32)
        }
    }

    /// What the attempts of this browser on this account are counted under; nil if it has never signed in to it.
    func attemptKey(in cookie: String?, account: String, now: Timestamp) -> String? {
        proofs(cookie).first { isValid($0, account, now) }.map { Token(text: String($0.id)).hash }
    }

    /// The cookie after a sign-in to the account: a new proof, and those of other accounts. Nil without any secret.
    func adding(_ account: String, to cookie: String?, now: Timestamp) -> String? {
        guard let key = keys.first else { return nil }
        let id = Token.random().text
        let until = now.unixSeconds + Self.seconds
        let code = Data(HMAC<SHA256>.authenticationCode(for: Self.signed(id[...], until, account), using: key))
        let others = proofs(cookie).filter { !isValid($0, account, now) }.map(\.text)
        return (["\(id).\(until).\(code.base64URL)"] + others.prefix(Self.most - 1)).joined(separator: "~")
    }

    private struct Proof {
        let text: String
        let id: Substring
        let until: Int64
        let code: Data

        init?(_ text: Substring) {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0].utf8.count == 43, (1...12).contains(parts[1].utf8.count),
                let until = Int64(parts[1]), String(until) == parts[1], parts[2].utf8.count == 43,
                let code = Data(base64URL: String(parts[2]))
            else { return nil }
            self.text = String(text)
            id = parts[0]
            self.until = until
            self.code = code
        }
    }

    private func proofs(_ cookie: String?) -> [Proof] {
        guard let cookie, cookie.utf8.count <= 128 * Self.most else { return [] }
        return cookie.split(separator: "~").prefix(Self.most).compactMap(Proof.init)
    }

    private func isValid(_ proof: Proof, _ account: String, _ now: Timestamp) -> Bool {
        guard proof.until > now.unixSeconds else { return false }
        let signed = Self.signed(proof.id, proof.until, account)
        return keys.contains { HMAC<SHA256>.isValidAuthenticationCode(proof.code, authenticating: signed, using: $0) }
    }

    private static func signed(_ id: Substring, _ until: Int64, _ account: String) -> Data {
        Data("known-device\n\(id)\n\(until)\n\(account)".utf8)
    }
}
