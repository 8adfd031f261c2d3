import Crypto
import Foundation

/// What an editor had before its eyes, so that two of them don't overwrite each other without a word.
///
/// Leaves out the stock and the sold-out mark, which orders and the kitchen change all evening; the stock that was
/// shown is carried along, so that leaving the field alone does not set it back.
public struct ItemRevision: Sendable, Equatable {
    /// `{hash}-{stock}`, for a hidden field.
    public let text: String

    public init(_ item: ItemDraft) {
        let fields = MenuField.all(.item).compactMap { field in item.fields[field.name].map { "\(field.name)=\($0)" } }
        let hash = SHA256.hash(data: Data(fields.joined(separator: "\u{1E}").utf8)).hexadecimal.prefix(16)
        text = "\(hash)-\(item.stockCount.map(String.init) ?? "none")"
    }

    public init?(text: String) {
        guard text.utf8.count <= 40, text.contains("-") else { return nil }
        self.text = text
    }

    func isOf(_ item: ItemDraft) -> Bool {
        text.split(separator: "-").first == ItemRevision(item).text.split(separator: "-").first
    }

    /// The stock as it was shown: nil is not counted.
    var stockShown: Int64? {
        text.split(separator: "-", maxSplits: 1).last.flatMap { Int64($0) }
    }
}
