import Foundation

/// A value that must never reach a log, a page, a dump or a JSON document.
///
/// Comparing two secrets takes the same time wherever they differ.
public struct Secret: Sendable {
    private let value: String

    public init(_ value: String) {
        self.value = value
    }

    /// The value itself. Call it where the value is used, and keep the result nowhere.
    public func reveal() -> String {
        value
    }

    /// Whether `text` is this secret, in time that depends only on the length of `text`.
    public func matches(_ text: String) -> Bool {
        Array(value.utf8).isEqualInConstantTime(to: Array(text.utf8))
    }
}

extension Secret: Equatable {
    public static func == (left: Secret, right: Secret) -> Bool {
        left.matches(right.value)
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "<secret>" }
    public var debugDescription: String { "<secret>" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Secret: Encodable {
    /// Always throws: a secret inside an encoded value is a mistake to find in a test, not in a response.
    public func encode(to encoder: any Encoder) throws {
        throw EncodingError.invalidValue(
            "<secret>",
            EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "A secret is never encoded.")
        )
    }
}

extension Array where Element == UInt8 {
    /// Reads every byte of `other` even after a difference, so that the time tells nothing about where it is.
    func isEqualInConstantTime(to other: [UInt8]) -> Bool {
        var difference: UInt8 = count == other.count ? 0 : 1
        for (index, byte) in other.enumerated() {
            let own = isEmpty ? 0 : self[index % count]
            difference |= own ^ byte
        }
        return difference == 0
    }
}
