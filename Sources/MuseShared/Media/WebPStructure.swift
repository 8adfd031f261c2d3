/// Walks the chunks of a WebP file (developers.google.com/speed/webp/docs/riff_container).
enum WebPStructure {
    private struct Chunk {
        let name: String
        let place: Int
        let length: Int
    }

    /// - Throws: ``PhotoFault/damaged`` unless the container is whole and holds a picture.
    static func read(_ bytes: CheckedBytes) throws(PhotoFault) -> PhotoHeader {
        let chunks = try chunks(bytes)
        guard let first = chunks.first, let size = size(first, bytes), size.width > 0, size.height > 0,
            chunks.contains(where: { ["VP8 ", "VP8L", "ANMF"].contains($0.name) })
        else { throw .damaged }
        return PhotoHeader(format: .webp, width: size.width, height: size.height)
    }

    /// The picture alone, without colour profile, EXIF, XMP and anything else that a file may carry.
    ///
    /// The `strip` of libvips 8.14 leaves the profile and an EXIF block in WebP files, so they are left out here.
    /// - Throws: ``PhotoFault/damaged`` for what is not one plain picture.
    static func bare(_ file: [UInt8]) throws(PhotoFault) -> [UInt8] {
        let bytes = CheckedBytes(file)
        guard let picture = try chunks(bytes).first(where: { $0.name == "VP8 " || $0.name == "VP8L" }),
            let part = bytes.part(picture.place - 8, 8 + picture.length)
        else { throw .damaged }
        let padding = picture.length % 2
        let size = 4 + part.count + padding
        let length = (0..<4).map { UInt8(truncatingIfNeeded: size >> ($0 * 8)) }
        return Array("RIFF".utf8) + length + Array("WEBP".utf8) + part + Array(repeating: 0, count: padding)
    }

    private static func chunks(_ bytes: CheckedBytes) throws(PhotoFault) -> [Chunk] {
        guard let declared = bytes.little(4, at: 4), declared >= 12, declared + 8 <= bytes.count else { throw .damaged }
        var chunks: [Chunk] = []
        var place = 12
        while place + 8 <= declared + 8, let name = bytes.text(at: place), let length = bytes.little(4, at: place + 4) {
            guard place + 8 + length <= declared + 8 else { throw .damaged }
            chunks.append(Chunk(name: name, place: place + 8, length: length))
            place += 8 + length + length % 2
        }
        return chunks
    }

    private static func size(_ chunk: Chunk, _ bytes: CheckedBytes) -> (width: Int, height: Int)? {
        switch chunk.name {
        case "VP8 ":
            guard bytes.begins(with: [0x9d, 0x01, 0x2a], at: chunk.place + 3),
                let width = bytes.little(2, at: chunk.place + 6), let height = bytes.little(2, at: chunk.place + 8)
            else { return nil }
            return (width & 0x3fff, height & 0x3fff)
        case "VP8L":
            guard bytes.byte(chunk.place) == 0x2f, let bits = bytes.little(4, at: chunk.place + 1) else { return nil }
            return ((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1)
        case "VP8X":
            guard let width = bytes.little(3, at: chunk.place + 4), let height = bytes.little(3, at: chunk.place + 7)
            else { return nil }
            return (width + 1, height + 1)
        default: return nil
        }
    }
}
