import Crypto
import Foundation

/// Proves that a call comes from the other service and that nobody changed it: `Muse-Service v1.{unixSeconds}.{hex}`.
///
/// The code is HMAC-SHA256 over the lines `v1`, seconds, method, path and the body's SHA-256 in hex.
public struct ServiceToken: Sendable {
    /// Seconds that a token's time may differ from ours, both ways.
    static let tolerance: Int64 = 300
    static let scheme = "Muse-Service"

    private let keys: [SymmetricKey]

    /// - Parameter secrets: newest first. The first signs; all of them verify while they roll.
    public init(secrets: [Secret]) {
        keys = secrets.map { SymmetricKey(data: Data($0.reveal().utf8)) }
    }

    /// The `Authorization` header of a call; nil without any secret.
    public func header(method: String, path: String, body: Data, now: Timestamp) -> String? {
        guard let key = keys.first else { return nil }
        let signed = Self.signed(seconds: now.unixSeconds, method: method, path: path, body: body)
        let code = Data(HMAC<SHA256>.authenticationCode(for: signed, using: key)).hexadecimal
        return "\(Self.scheme) v1.\(now.unixSeconds).\(code)"
    }

    /// The code of a header that is valid for this very call; nil otherwise. Compared in constant time.
    ///
    /// The code names the call: a second one with the same code is a repetition.
    public func verify(header: String?, method: String, path: String, body: Data, now: Timestamp) -> String? {
        guard let header, header.utf8.count <= 200 else { return nil }
        let words = header.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, words[0] == Self.scheme else { return nil }
        let parts = words[1].split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "v1", let seconds = Self.seconds(parts[1]),
            let code = Data(hexadecimal: parts[2]), abs(now.unixSeconds - seconds) <= Self.tolerance
        else { return nil }
        let signed = Self.signed(seconds: seconds, method: method, path: path, body: body)
        let isValid = keys.contains { key in
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: signed, using: key)
        }
        return isValid ? code.hexadecimal : nil
    }

    private static func signed(seconds: Int64, method: String, path: String, body: Data) -> Data {
        let lines = ["v1", String(seconds), method, path, SHA256.hash(data: body).hexadecimal]
        return Data(lines.joined(separator: "\n").utf8)
    }

    /// At most twelve digits without leading zeros, so that the text signed is the text read and nothing overflows.
    private static func seconds(_ text: Substring) -> Int64? {
        guard (1...12).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
            text.utf8.first != 48
        else { return nil }
        return Int64(text)
    }
}
