import Foundation

/// Looks over a JSON text before it is decoded, for what the decoder lets pass: too deep nesting and repeated keys.
///
/// It judges structure only; whether the text is JSON at all is the decoder's to say.
struct JSONGuard {
    enum Finding: Error, Equatable {
        case tooDeep
        case repeatedKey(String)
    }

    static let greatestDepth = 64

    private struct Level {
        let isObject: Bool
        var keys: Set<String> = []
        var expectsKey: Bool
    }

    /// - Throws: the first finding, as ``Finding``.
    static func check(_ bytes: some Collection<UInt8>) throws(Finding) {
        var levels: [Level] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard levels.count < greatestDepth else { throw .tooDeep }
                let isObject = bytes[index] == UInt8(ascii: "{")
                levels.append(Level(isObject: isObject, expectsKey: isObject))
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                _ = levels.popLast()
            case UInt8(ascii: ","):
                if let last = levels.indices.last { levels[last].expectsKey = levels[last].isObject }
            case UInt8(ascii: "\""):
                let end = endOfString(bytes, from: bytes.index(after: index))
                if let last = levels.indices.last, levels[last].expectsKey {
                    let key = name(bytes[index..<end])
                    guard levels[last].keys.insert(key).inserted else { throw .repeatedKey(key) }
                    levels[last].expectsKey = false
                }
                index = end
                continue
            default: break
            }
            index = bytes.index(after: index)
        }
    }

    /// The index after the closing quote, or the end.
    private static func endOfString<Bytes: Collection<UInt8>>(_ bytes: Bytes, from start: Bytes.Index) -> Bytes.Index {
        var index = start
        while index < bytes.endIndex {
            let byte = bytes[index]
            index = bytes.index(after: index)
            if byte == UInt8(ascii: "\"") { return index }
            if byte == UInt8(ascii: "\\"), index < bytes.endIndex { index = bytes.index(after: index) }
        }
        return index
    }

    /// The key without quotes, with escapes resolved by the decoder: `"a"` and `"\u0061"` are one key.
    private static func name(_ quoted: some Collection<UInt8>) -> String {
        if quoted.contains(UInt8(ascii: "\\")),
            let name = try? JSONDecoder().decode(String.self, from: Data(quoted))
        {
            return name
        }
        return String(decoding: quoted.dropFirst().dropLast(), as: UTF8.self)
    }
}
