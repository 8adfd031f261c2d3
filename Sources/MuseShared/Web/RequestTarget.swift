/// Judges the path of a request before anything is looked up by it.
enum RequestTarget {
    /// Whether the path part is plain ASCII with well-formed percent-encoding, no control characters and no `.` or
    /// `..` segment, however written. The query is left to who reads it.
    static func isSane(_ target: String) -> Bool {
        var bytes = target.utf8.makeIterator()
        guard bytes.next() == UInt8(ascii: "/") else { return false }
        var dots = 0
        var isOnlyDots = true
        while var byte = bytes.next(), byte != UInt8(ascii: "?") {
            if byte <= 0x20 || byte >= 0x7f || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "#") { return false }
            if byte == UInt8(ascii: "%") {
                guard let high = bytes.next().flatMap(digit), let low = bytes.next().flatMap(digit) else {
                    return false
                }
                byte = high << 4 | low
                if byte < 0x20 || byte == 0x7f { return false }
            }
            switch byte {
            case UInt8(ascii: "/"):
                if isOnlyDots, dots == 1 || dots == 2 { return false }
                dots = 0
                isOnlyDots = true
            case UInt8(ascii: "."): dots += 1
            default: isOnlyDots = false
            }
        }
        return !(isOnlyDots && (dots == 1 || dots == 2))
    }

    /// The part before `?`.
    static func path(of target: String) -> Substring {
        target.prefix { $0 != "?" }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
