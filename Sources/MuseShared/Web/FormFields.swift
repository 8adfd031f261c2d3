import Foundation

/// The fields of a form, in the order they were sent. A name may come several times.
public struct FormFields: Sendable, Equatable {
    public let pairs: [Pair]

    public struct Pair: Sendable, Equatable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(pairs: [Pair]) {
        self.pairs = pairs
    }

    private static let most = 1000

    /// - Throws: 400 for broken percent-encoding, text that is no UTF-8, or more than 1,000 fields.
    public init(text: String) throws(Problem) {
        let parts = text.split(separator: "&")
        guard parts.count <= Self.most else { throw .malformed("The form has too many fields.") }
        var pairs: [Pair] = []
        pairs.reserveCapacity(parts.count)
        for part in parts {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = sides.first, let name = Self.decoded(first),
                let value = Self.decoded(sides.count > 1 ? sides[1] : "")
            else { throw .malformed("The form is not well encoded.") }
            pairs.append(Pair(name: name, value: value))
        }
        self.pairs = pairs
    }

    public func first(_ name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }

    public func all(_ name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }

    /// Each name once, in the order of its first field.
    public var names: [String] {
        var seen: Set<String> = []
        return pairs.map(\.name).filter { seen.insert($0).inserted }
    }

    /// Decodes a value: repeated names are lists, `a.b` is member `b` of `a`, an empty field is nil.
    /// - Throws: 422 with the field's name.
    public func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        do {
            return try Value(from: FormDecoder(fields: self, prefix: "", codingPath: []))
        } catch let error as DecodingError {
            throw InputErrors.problem(for: error)
        }
    }

    private static func decoded(_ text: Substring) -> String? {
        String(text.map { $0 == "+" ? " " : $0 }).removingPercentEncoding
    }
}
