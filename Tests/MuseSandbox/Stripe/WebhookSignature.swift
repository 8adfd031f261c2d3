import Crypto
import Foundation

/// The `Stripe-Signature` header: one `v1` for each secret, and the `v0` of test mode, which proves nothing.
struct WebhookSignature {
    let secrets: [String]

    func header(for payload: Data, at seconds: Int64) -> String {
        var signed = Data("\(seconds).".utf8)
        signed.append(payload)
        let parts = secrets.map { "v1=\(Self.code(signed, secret: $0))" }
        return (["t=\(seconds)"] + parts + ["v0=\(Self.code(signed, secret: "whsec_test_mode"))"])
            .joined(separator: ",")
    }

    private static func code(_ data: Data, secret: String) -> String {
        HMAC<SHA256>.authenticationCode(for: data, using: SymmetricKey(data: Data(secret.utf8))).hex
    }
}

extension Sequence<UInt8> {
    /// Two lower-case digits a byte.
    var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
