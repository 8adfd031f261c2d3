import Foundation
import Hummingbird

/// A sentence that the next page shows once, after a form was sent and answered with a redirect.
///
/// It travels in a cookie without a signature: whoever can write that cookie is the reader, and it is escaped like
/// any other text.
public struct Flash: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case success, notice, warning, failure
    }

    public var kind: Kind
    public var text: String

    public init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }

    static let cookieName = "flash"
    private static let longest = 300

    var cookieValue: String {
        let short = String(text.prefix(Self.longest))
        return kind.rawValue + "." + (short.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
    }

    init?(cookieValue: String) {
        let parts = cookieValue.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let name = parts.first, let kind = Kind(rawValue: String(name)),
            let text = parts.last?.removingPercentEncoding, !text.isEmpty, text.count <= Self.longest
        else { return nil }
        self.init(kind, text)
    }
}

extension WebState {
    /// What the page before left to be said; the response of ``PageRenderer`` takes it away.
    public var flash: Flash? { cookie(Flash.cookieName).flatMap(Flash.init(cookieValue:)) }
}
