/// Makes identifiers: 16 characters of lowercase base 32 (80 random bits), safe in URLs, cookies and forms.
///
/// Identifiers are names, not secrets: whoever may read an order proves it with a ``Token``.
public struct IDSource: Sendable {
    public var next: @Sendable () -> String

    public init(next: @escaping @Sendable () -> String) {
        self.next = next
    }

    public static let live = IDSource {
        var generator = SystemRandomNumberGenerator()
        return text(high: generator.next(), low: generator.next())
    }

    /// Without i, l, o and u, so that a number read aloud or typed from paper is not mistaken.
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    private static func text(high: UInt64, low: UInt64) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        for source in [high, low] {
            for position in 0..<8 {
                bytes.append(alphabet[Int((source >> UInt64(position * 5)) & 31)])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a text could have come from ``live``: asked before a path parameter reaches a query.
    public static func isPlausible(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95 }
    }
}
