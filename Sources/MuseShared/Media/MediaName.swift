/// What a stored file is called: `{photo}-{width}.{webp|jpg}`.
///
/// The name begins with a hash of what it names, so what it names never changes. Only a text of exactly this form
/// becomes a name, which is why a name may stand in a path.
public struct MediaName: Sendable, Hashable, CustomStringConvertible {
    public enum Form: String, Sendable, CaseIterable {
        case webp, jpg

        public var type: String {
            switch self {
            case .webp: "image/webp"
            case .jpg: "image/jpeg"
            }
        }
    }

    public let photoID: String
    public let width: Int
    public let form: Form

    init(photoID: String, width: Int, form: Form) {
        self.photoID = photoID
        self.width = width
        self.form = form
    }

    /// Nil unless `text` is what ``description`` could be.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 48,
            let parts = String(text).wholeMatch(of: /([0-9a-f]{32})-([1-9][0-9]{1,3})\.(webp|jpg)/),
            let width = Int(parts.output.2), let form = Form(rawValue: String(parts.output.3))
        else { return nil }
        self.init(photoID: String(parts.output.1), width: width, form: form)
    }

    public var description: String { "\(photoID)-\(width).\(form.rawValue)" }
}

/// Where browsers find stored files: below `/media` of our own sites, or at the public address of the storage.
public struct MediaLinks: Sendable {
    let base: String

    /// Of our own sites, whichever of them shows the page.
    public static let local = MediaLinks(base: "/media")

    public func address(of name: MediaName) -> String {
        "\(base)/\(name)"
    }
}
