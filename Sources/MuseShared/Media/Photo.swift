/// A stored photo as something shows it.
public struct Photo: Sendable, Equatable {
    public let id: String
    /// Of the largest file, in pixels.
    public let width: Int
    public let height: Int
    /// Ascending. There is a WebP and a JPEG of each.
    public let widths: [Int]
    /// A few pixels as a data URI, shown until the photo is there.
    public let placeholder: String
    /// What is to be seen, for who can't see it; empty while nobody has written it.
    public var alt = ""

    var names: [MediaName] {
        widths.flatMap { width in MediaName.Form.allCases.map { MediaName(photoID: id, width: width, form: $0) } }
    }
}

/// A photo as `GET /api/menu` tells it.
public struct PublishedPhoto: Sendable, Equatable, Encodable {
    public struct Source: Sendable, Equatable, Encodable {
        public let type: String
        public let width: Int
        public let url: String
    }

    private static let middle = 640

    /// A JPEG of middle size, for programs that want one address.
    public let url: String
    /// Of the largest source. All have the same proportions, 4:3.
    public let width: Int
    public let height: Int
    public let alt: String
    public let placeholder: String
    public let sources: [Source]

    public init(_ photo: Photo, links: MediaLinks) {
        sources = photo.names.map { Source(type: $0.form.type, width: $0.width, url: links.address(of: $0)) }
        let middle = photo.widths.last { $0 <= Self.middle } ?? photo.widths.first ?? photo.width
        url = links.address(of: MediaName(photoID: photo.id, width: middle, form: .jpg))
        width = photo.width
        height = photo.height
        alt = photo.alt
        placeholder = photo.placeholder
    }

    /// `… 320w, … 640w` for a `srcset`.
    /// - Parameter widest: leaves out what is wider.
    public func sourceSet(_ form: MediaName.Form, widest: Int? = nil) -> String {
        fitting(form, widest).map { "\($0.url) \($0.width)w" }.joined(separator: ", ")
    }

    /// One file, for browsers that choose none.
    public func address(_ form: MediaName.Form, widest: Int? = nil) -> String {
        fitting(form, widest ?? Self.middle).last?.url ?? url
    }

    private func fitting(_ form: MediaName.Form, _ widest: Int?) -> [Source] {
        sources.filter { $0.type == form.type && $0.width <= widest ?? .max }
    }
}
