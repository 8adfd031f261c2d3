import Crypto
import Foundation

/// Checks that a webhook is Stripe's: `Stripe-Signature: t=…,v1=…` over `{t}.{raw body}`
/// (docs.stripe.com/webhooks#verify-manually).
public struct StripeSignature: Sendable {
    /// Seconds that the signed time may differ from ours, both ways.
    static let tolerance: Int64 = 300

    private let keys: [SymmetricKey]

    /// - Parameter secrets: every one is accepted while they roll.
    public init(secrets: [String]) {
        keys = secrets.map { SymmetricKey(data: Data($0.utf8)) }
    }

    /// Whether any `v1` of the header fits any secret, and its time is near `now`. `v0` counts for nothing.
    public func isValid(header: String, body: Data, now: Timestamp) -> Bool {
        var time: Int64?
        var signatures: [Data] = []
        for part in header.split(separator: ",", maxSplits: 32) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            switch pair[0].trimmingCharacters(in: .whitespaces) {
            case "t":
                // A second time would leave open which one was signed.
                guard time == nil, let value = Self.seconds(pair[1]) else { return false }
                time = value
            case "v1":
                if let signature = Data(hexadecimal: pair[1]) { signatures.append(signature) }
            default:
                continue
            }
        }
        guard let time, abs(now.unixSeconds - time) <= Self.tolerance else { return false }
        let signed = Data("\(time).".utf8) + body
        // Compared in constant time by the library.
        return signatures.contains { signature in
            keys.contains { HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: signed, using: $0) }
        }
    }

    /// Digits only, at most twelve, so that the text signed is the text read and no arithmetic can overflow.
    private static func seconds(_ text: Substring) -> Int64? {
        guard (1...12).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
            text.utf8.first != 48
        else { return nil }
        return Int64(text)
    }
}

extension Data {
    /// Reads exactly 32 bytes written as 64 hex digits.
    init?(hexadecimal text: Substring) {
        let digits = Array(text.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for position in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.nibble(digits[position]), let low = Self.nibble(digits[position + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        self.init(bytes)
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 48...57: digit - 48
        case 65...70: digit - 55
        case 97...102: digit - 87
        default: nil
        }
    }
}
