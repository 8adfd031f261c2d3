import Foundation

/// A share in millionths, as people write it: 82500 is `8.25 %`.
public struct Percent: Sendable, Equatable {
    public let millionths: Int64

    public init(millionths: Int64) {
        self.millionths = millionths
    }

    /// Reads what a person types: `10`, `7.5`, `8,25 %`. Nil unless it is above 0 and at most 100, with at most four
    /// digits after the point.
    public init?(text: String) {
        let plain = text.trimmingCharacters(in: .whitespaces).trimmingSuffix(while: { $0 == "%" || $0 == " " })
            .replacing(",", with: ".")
        let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let head = parts.first, (1...3).contains(head.utf8.count),
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }), let whole = Int64(head)
        else { return nil }
        let tail = parts.count == 2 ? parts[1] : ""
        guard tail.utf8.count <= 4, let rest = Int64(tail + String(repeating: "0", count: 4 - tail.utf8.count)) else {
            return nil
        }
        millionths = whole * 10_000 + rest
        guard (1...1_000_000).contains(millionths) else { return nil }
    }

    /// Without the sign, for a form field: `8.25`.
    public var text: String {
        var digits = String(millionths % 10_000)
        digits = String(repeating: "0", count: 4 - digits.count) + digits
        while digits.last == "0" { digits.removeLast() }
        return digits.isEmpty ? "\(millionths / 10_000)" : "\(millionths / 10_000).\(digits)"
    }

    /// `8.25 %`.
    public var words: String { "\(text) %" }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while matches: (Character) -> Bool) -> String {
        var text = String(self)
        while let last = text.last, matches(last) { text.removeLast() }
        return text
    }
}
