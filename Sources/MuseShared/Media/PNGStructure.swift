/// Walks the chunks of a PNG file (www.w3.org/TR/png-3, section 5), checking the sums of those that make the picture.
enum PNGStructure {
    static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    private static let critical: Set = ["IHDR", "PLTE", "IDAT", "IEND"]
    /// Bit depths by colour type.
    private static let depths: [Int: Set<Int>] = [
        0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16],
    ]

    /// - Throws: ``PhotoFault/damaged`` unless every chunk is whole and the last is the end. What follows the end is
    ///   never looked at.
    static func read(_ bytes: CheckedBytes) throws(PhotoFault) -> PhotoHeader {
        let header = try header(bytes)
        var place = signature.count
        var hasData = false
        while let length = bytes.big(4, at: place), let name = bytes.text(at: place + 4),
            let sum = bytes.big(4, at: place + 8 + length)
        {
            if critical.contains(name), bytes.checksum(place + 4, length + 4) != sum { throw .damaged }
            if name == "IDAT" { hasData = true }
            if name == "IEND" {
                guard hasData, length == 0 else { throw .damaged }
                return header
            }
            place += 12 + length
        }
        throw .damaged
    }

    private static func header(_ bytes: CheckedBytes) throws(PhotoFault) -> PhotoHeader {
        guard bytes.big(4, at: 8) == 13, bytes.text(at: 12) == "IHDR", let width = bytes.big(4, at: 16),
            let height = bytes.big(4, at: 20), let depth = bytes.byte(24), let colour = bytes.byte(25),
            width > 0, height > 0, width <= 0x7fff_ffff, height <= 0x7fff_ffff,
            depths[colour]?.contains(depth) == true
        else { throw .damaged }
        return PhotoHeader(format: .png, width: width, height: height)
    }
}
