/// Finds out from its content alone whether a file is a whole photo of a size that we prepare.
///
/// Nothing is decoded here. The first bytes tell the kind, the kind's own structure is walked from beginning to end,
/// and the dimensions bound what decoding may cost, all in a few milliseconds for the largest file.
public struct CheckPhoto: Sendable {
    public static let mostBytes = 8_388_608
    static let mostSide = 12_000
    static let mostPixels = 50_000_000
    /// The smallest width that guests are sent; nothing is ever enlarged.
    static let leastSide = 320

    public init() {}

    public func callAsFunction(_ file: [UInt8]) throws(PhotoFault) -> PhotoHeader {
        guard !file.isEmpty else { throw .empty }
        guard file.count <= Self.mostBytes else { throw .tooHeavy }
        let bytes = CheckedBytes(file)
        let header = try read(bytes)
        guard header.width <= Self.mostSide, header.height <= Self.mostSide,
            header.width * header.height <= Self.mostPixels,
            header.width * header.height <= Self.pixelsWorth(bytes: file.count)
        else { throw .tooManyPixels(width: header.width, height: header.height) }
        guard header.width >= Self.leastSide, header.height >= Self.leastSide else {
            throw .tooSmall(width: header.width, height: header.height)
        }
        return header
    }

    private func read(_ bytes: CheckedBytes) throws(PhotoFault) -> PhotoHeader {
        if bytes.begins(with: JPEGStructure.signature) { return try JPEGStructure.read(bytes) }
        if bytes.begins(with: PNGStructure.signature) { return try PNGStructure.read(bytes) }
        if bytes.text(at: 0) == "RIFF", bytes.text(at: 8) == "WEBP" { return try WebPStructure.read(bytes) }
        throw bytes.text(at: 4) == "ftyp" ? .appleKind : .otherKind
    }

    /// The most that so few bytes may unpack to. A photo has a tenth of a byte or more for each pixel; a file that
    /// claims fifty million pixels with a few thousand bytes is made to cost work, not to be looked at.
    private static func pixelsWorth(bytes: Int) -> Int {
        4_000_000 + bytes * 100
    }
}
