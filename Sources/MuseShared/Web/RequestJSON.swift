import Foundation
import NIOCore
import NIOFoundationCompat

/// Decodes JSON strictly and says precisely what is wrong with it.
enum RequestJSON {
    static func decode<Value: Decodable>(_ type: Value.Type, from buffer: ByteBuffer) throws -> Value {
        let bytes = buffer.readableBytesView
        // The decoder would read UTF-16 and UTF-32 too, of which JSONGuard understands nothing. Each has zero bytes.
        guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
            throw Problem.malformed("The JSON must be written in UTF-8.")
        }
        do {
            try JSONGuard.check(buffer.readableBytesView)
        } catch .tooDeep {
            throw Problem.malformed("The JSON is nested deeper than \(JSONGuard.greatestDepth) levels.")
        } catch .repeatedKey {
            throw Problem.malformed("The JSON names a member of an object twice.")
        }
        do {
            return try MuseJSON.decoder.decode(type, from: Data(buffer: buffer))
        } catch let error as DecodingError {
            if case .dataCorrupted(let context) = error, context.codingPath.isEmpty {
                throw unreadable(Data(buffer: buffer))
            }
            throw InputErrors.problem(for: error)
        }
    }

    /// The decoder tells a number that fits no integer apart from broken text by nothing: not even by its place.
    /// Every number of our requests is a whole one, so those that are not must be it.
    private static func unreadable(_ data: Data) -> Problem {
        guard let value = try? JSONSerialization.jsonObject(with: data) else {
            return .malformed("The JSON can't be read.")
        }
        let fields = unfitNumbers(in: value, at: "")
        if fields.isEmpty { return .malformed("The JSON can't be read.") }
        return .invalid(fields.map { FieldError($0, "This must be a whole number, and not that large.") })
    }

    /// Depth is bounded by ``JSONGuard``, which ran before.
    private static func unfitNumbers(in value: Any, at path: String) -> [String] {
        switch value {
        case let members as [String: Any]:
            members.sorted { $0.key < $1.key }.flatMap { name, member in
                unfitNumbers(in: member, at: path.isEmpty ? name : "\(path).\(name)")
            }
        case let elements as [Any]:
            elements.enumerated().flatMap { unfitNumbers(in: $0.element, at: "\(path)[\($0.offset)]") }
        case let number as NSNumber: Int64(exactly: number.doubleValue) == nil ? [path] : []
        default: []
        }
    }
}
