import MuseShared

/// A photo as pages show it: over its placeholder, in the width and format that the browser chooses.
struct PhotoView: Encodable, Sendable {
    /// How large a page shows it at most.
    enum Place {
        /// In a row of the menu: 104 points, which the smallest file fills on any screen. A menu of fifty rows names
        /// no file that no row would show.
        case row
        case page
    }

    let src: String
    let webpSet: String
    let jpegSet: String
    let width: Int
    let height: Int
    let placeholder: String
    let alt: String

    /// - Parameter alt: empty where the name beside it says enough.
    init(_ photo: PublishedPhoto, in place: Place, alt: String) {
        let widest = place == .row ? photo.sources.map(\.width).min() : nil
        src = photo.address(.jpg, widest: widest)
        webpSet = photo.sourceSet(.webp, widest: widest)
        jpegSet = photo.sourceSet(.jpg, widest: widest)
        width = photo.width
        height = photo.height
        placeholder = photo.placeholder
        self.alt = alt
    }
}
