import CQrencode

/// A text as a QR code, made by libqrencode and drawn as SVG, so that it prints sharp at any size.
struct QRCode: Sendable {
    let width: Int
    private let isDark: [Bool]

    /// Light modules around the code, without which readers don't find it (ISO/IEC 18004).
    private static let quietZone = 4

    /// Nil if the text is longer than a code can be.
    init?(_ text: String) {
        // Medium error correction: a drop of coffee on the card must not matter.
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        let side = Int(code.pointee.width)
        width = side
        isDark = UnsafeBufferPointer(start: code.pointee.data, count: side * side).map { $0 & 1 == 1 }
    }

    /// How many modules wide the picture is, with its quiet zone.
    var side: Int { width + 2 * Self.quietZone }

    /// The dark modules as one SVG path, each run of a row as a rectangle.
    var path: String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                guard isDark[row * width + column] else {
                    column += 1
                    continue
                }
                let start = column
                while column < width, isDark[row * width + column] { column += 1 }
                path += "M\(start + Self.quietZone) \(row + Self.quietZone)h\(column - start)v1h-\(column - start)z"
            }
        }
        return path
    }
}
