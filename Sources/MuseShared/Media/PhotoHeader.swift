/// The kinds of photo that are taken. Each has one decoder, which is called by its name.
///
/// HEIC and AVIF are not among them: their decoder is by far the largest to trust, and phones hand out JPEG when a
/// form asks for it.
public enum PhotoFormat: String, Sendable, CaseIterable {
    case jpeg, png, webp
}

/// What a photo says of itself, read without decoding it.
public struct PhotoHeader: Sendable, Equatable {
    public let format: PhotoFormat
    /// In pixels, before it is turned upright.
    public let width: Int
    public let height: Int
}

/// Why a file is not taken as a photo.
public enum PhotoFault: Error, Sendable, Equatable {
    case empty
    case tooHeavy
    /// Neither JPEG, PNG nor WebP by its content, whatever its name says.
    case otherKind
    /// What phones keep for themselves; it deserves a hint.
    case appleKind
    /// It begins like a photo, and ends early or does not hang together.
    case damaged
    case tooManyPixels(width: Int, height: Int)
    case tooSmall(width: Int, height: Int)

    public var sentence: String {
        switch self {
        case .empty: "Choose a photo first: the file is empty."
        case .tooHeavy: "This file has more than 8 MB. Save the photo smaller and try again."
        case .otherKind: "This is not a JPEG, PNG or WebP photo, whatever its name says."
        case .appleKind: "This is a HEIC or AVIF photo. Export it as JPEG and try again."
        case .damaged: "This photo is damaged or not complete. Export it once more and try again."
        case .tooManyPixels(let width, let height):
            "This photo has \(width) × \(height) pixels, more than we can prepare. Save it at most 6000 pixels wide."
        case .tooSmall(let width, let height):
            "This photo has only \(width) × \(height) pixels. It needs at least "
                + "\(CheckPhoto.leastSide) × \(CheckPhoto.leastSide) to look sharp."
        }
    }
}
