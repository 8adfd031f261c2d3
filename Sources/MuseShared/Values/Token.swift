import Crypto
import Foundation

/// A secret for one bearer: 32 random bytes. Only its hash is stored, so a stolen database opens nothing.
public struct Token: Sendable, Hashable {
    /// 43 characters of base64url, for links and cookies.
    public let text: String

    public init(text: String) {
        self.text = text
    }

    public static func random() -> Token {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return Token(text: Data(bytes).base64URL)
    }

    /// Hex SHA-256 of the text: what the database keeps. A plain hash suffices because the input has 256 random bits.
    public var hash: String {
        SHA256.hash(data: Data(text.utf8)).hexadecimal
    }
}

extension Data {
    /// Base64 with the URL alphabet and no padding (RFC 4648, section 5).
    public var base64URL: String {
        base64EncodedString()
            .replacing("+", with: "-")
            .replacing("/", with: "_")
            .replacing("=", with: "")
    }
}

extension Sequence<UInt8> {
    /// Two lowercase hex digits a byte.
    public var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(underestimatedCount * 2)
        for byte in self {
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
