import CZlib
import Foundation

/// Bytes that a stranger has sent: every access is checked, whatever they claim of their own lengths.
struct CheckedBytes: Sendable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var count: Int { bytes.count }

    func byte(_ place: Int) -> Int? {
        bytes.indices.contains(place) ? Int(bytes[place]) : nil
    }

    /// `length` bytes, the most significant first. At most four.
    func big(_ length: Int, at place: Int) -> Int? {
        guard let part = part(place, length), length <= 4 else { return nil }
        return part.reduce(0) { $0 << 8 | Int($1) }
    }

    /// `length` bytes, the least significant first. At most four.
    func little(_ length: Int, at place: Int) -> Int? {
        guard let part = part(place, length), length <= 4 else { return nil }
        return part.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    func text(at place: Int) -> String? {
        part(place, 4).map { String(decoding: $0, as: UTF8.self) }
    }

    func begins(with start: [UInt8], at place: Int = 0) -> Bool {
        part(place, start.count).map { $0.elementsEqual(start) } ?? false
    }

    func part(_ place: Int, _ length: Int) -> ArraySlice<UInt8>? {
        guard place >= 0, length >= 0, place <= bytes.count, length <= bytes.count - place else { return nil }
        return bytes[place..<(place + length)]
    }

    /// The next place from `place` on that holds `wanted`. Searched by the C library: an upload has millions of bytes.
    func next(_ wanted: UInt8, from place: Int) -> Int? {
        guard place >= 0, place < bytes.count else { return nil }
        return bytes.withUnsafeBytes { raw in
            guard let base = raw.baseAddress, let found = memchr(base + place, Int32(wanted), raw.count - place) else {
                return nil
            }
            return base.distance(to: UnsafeRawPointer(found))
        }
    }

    /// CRC-32 as PNG has it.
    func checksum(_ place: Int, _ length: Int) -> Int? {
        guard let part = part(place, length), let size = UInt32(exactly: length) else { return nil }
        return part.withUnsafeBytes { raw in
            Int(crc32(0, raw.bindMemory(to: UInt8.self).baseAddress, size))
        }
    }
}
