/// Walks the segments of a JPEG file from the first marker to the last (ITU-T T.81, annex B).
enum JPEGStructure {
    static let signature: [UInt8] = [0xff, 0xd8, 0xff]
    /// A progressive file of thousands of scans takes minutes to decode.
    private static let mostScans = 100

    /// - Throws: ``PhotoFault/damaged`` unless there is one frame, a scan, and an end. What follows the end, as
    ///   phones append it, is never looked at.
    static func read(_ bytes: CheckedBytes) throws(PhotoFault) -> PhotoHeader {
        var place = 2
        var header: PhotoHeader?
        var scans = 0
        while let marker = try marker(bytes, &place) {
            switch marker {
            case 0xd9:
                guard let header, scans > 0 else { throw .damaged }
                return header
            case 0xc0, 0xc1, 0xc2:
                guard header == nil else { throw .damaged }
                header = try frame(bytes, at: place)
            case 0xc3, 0xc5...0xc7, 0xc9...0xcb, 0xcd...0xcf:
                // Lossless, hierarchical and arithmetic coding: in the standard, and from no camera.
                throw .damaged
            case 0xda:
                scans += 1
                guard header != nil, scans <= mostScans, let length = bytes.big(2, at: place) else { throw .damaged }
                place = try endOfScan(bytes, from: place + length)
                continue
            case 0xd0...0xd8, 0x00...0x01:
                throw .damaged
            default: break
            }
            guard let length = bytes.big(2, at: place), length >= 2 else { throw .damaged }
            place += length
        }
        throw .damaged
    }

    /// The marker at `place`, which moves behind it; nil at the end of the file. Any number of 0xff may precede it.
    private static func marker(_ bytes: CheckedBytes, _ place: inout Int) throws(PhotoFault) -> Int? {
        guard let first = bytes.byte(place) else { return nil }
        guard first == 0xff else { throw .damaged }
        while let byte = bytes.byte(place) {
            place += 1
            if byte != 0xff { return byte }
        }
        return nil
    }

    private static func frame(_ bytes: CheckedBytes, at place: Int) throws(PhotoFault) -> PhotoHeader {
        guard let length = bytes.big(2, at: place), bytes.byte(place + 2) == 8,
            let height = bytes.big(2, at: place + 3),
            let width = bytes.big(2, at: place + 5), let components = bytes.byte(place + 7), width > 0, height > 0,
            [1, 3, 4].contains(components), length == 8 + 3 * components
        else { throw .damaged }
        return PhotoHeader(format: .jpeg, width: width, height: height)
    }

    /// Where the next marker stands: inside a scan 0xff is followed by zero, or counts restarts.
    private static func endOfScan(_ bytes: CheckedBytes, from start: Int) throws(PhotoFault) -> Int {
        var place = start
        while let found = bytes.next(0xff, from: place), let byte = bytes.byte(found + 1) {
            switch byte {
            case 0x00, 0xd0...0xd7: place = found + 2
            case 0xff: place = found + 1
            default: return found
            }
        }
        throw .damaged
    }
}
