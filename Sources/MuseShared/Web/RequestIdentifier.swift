import Synchronization

/// Makes the id of each request: fifteen characters, unique in this process and very likely between processes.
///
/// Fifteen bytes is what Swift keeps inside a `String` without allocating. Nothing secret rests on an id.
final class RequestIdentifier: Sendable {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private let process = UInt64.random(in: .min ... .max)
    private let counter = Atomic<UInt64>(UInt64.random(in: 0...0xffff_ffff))

    func next() -> String {
        let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
        return String(unsafeUninitializedCapacity: 15) { bytes in
            for index in 0..<7 { bytes[index] = Self.character(process, index) }
            for index in 0..<8 { bytes[14 - index] = Self.character(number, index) }
            return 15
        }
    }

    private static func character(_ number: UInt64, _ position: Int) -> UInt8 {
        alphabet[Int((number >> UInt64(5 * position)) & 31)]
    }

    /// Whether an id that a proxy sends may be used as it is.
    static func isSane(_ text: String) -> Bool {
        (8...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
    }
}
