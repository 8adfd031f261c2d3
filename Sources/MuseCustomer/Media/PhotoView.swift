import MuseShared

/// A photo as pages show it: over its placeholder, in the width and format that the browser chooses.
struct PhotoView: Encodable, Sendable {
    let src: String
    let webpSet: String
    let jpegSet: String
    let width: Int
    let height: Int
    let placeholder: String
    let alt: String

    /// - Parameter alt: empty where the name beside it says enough.
    init(_ photo: PublishedPhoto, alt: String) {
        src = photo.url
        webpSet = photo.sourceSet(.webp)
        jpegSet = photo.sourceSet(.jpg)
        width = photo.width
        height = photo.height
        placeholder = photo.placeholder
        self.alt = alt
    }
}
