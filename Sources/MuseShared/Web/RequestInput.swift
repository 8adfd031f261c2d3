import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat

extension Request {
    /// Whether the body is a form as browsers send it.
    public var isForm: Bool {
        mediaType == "application/x-www-form-urlencoded"
    }

    /// The body as it came, within the limit of its route.
    public func rawBody(_ context: some WebContext) async throws -> ByteBuffer {
        do {
            return try await body.collect(upTo: context.web.bodyLimit)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(limit: context.web.bodyLimit)
        }
    }

    /// Decodes the body from JSON or from a form, as its `Content-Type` says.
    /// - Throws: 415 for other types, 400 for what can't be read at all, 422 with the path of the field for wrong types.
    public func input<Value: Decodable>(
        _ type: Value.Type = Value.self,
        _ context: some WebContext
    ) async throws -> Value {
        if isForm { return try await formFields(context).decode(type) }
        guard let media = mediaType, media == "application/json" || media.hasSuffix("+json") else {
            throw Problem.unsupportedType
        }
        return try RequestJSON.decode(type, from: try await rawBody(context))
    }

    /// The fields of a form in their order.
    /// - Throws: 415 when the body is no form, 400 when it can't be read.
    public func formFields(_ context: some WebContext) async throws -> FormFields {
        guard isForm else { throw Problem.unsupportedType }
        return try FormFields(text: String(buffer: try await rawBody(context)))
    }

    private var mediaType: String? {
        headers[.contentType]?.split(separator: ";").first.map {
            $0.trimmingCharacters(in: .whitespaces).lowercased()
        }
    }
}

/// Decodes JSON strictly and says precisely what is wrong with it.
enum RequestJSON {
    static func decode<Value: Decodable>(_ type: Value.Type, from buffer: ByteBuffer) throws -> Value {
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
            throw InputErrors.problem(for: error)
        }
    }
}

/// Says in words what a decoder refused.
enum InputErrors {
    static func problem(for error: DecodingError) -> Problem {
        switch error {
        case .keyNotFound(let key, let context):
            return .invalid(path(context.codingPath + [key]), "This is missing.")
        case .valueNotFound(_, let context):
            return .invalid(path(context.codingPath), "This is missing.")
        case .typeMismatch(let type, let context):
            return .invalid(path(context.codingPath), "This must be \(name(of: type)).")
        case .dataCorrupted(let context):
            if context.codingPath.isEmpty { return .malformed("The JSON can't be read.") }
            return .invalid(path(context.codingPath), sentence(context.debugDescription))
        @unknown default:
            return .malformed("The body can't be read.")
        }
    }

    /// `lines[2].quantity`.
    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce("") { path, key in
            if let index = key.intValue { return "\(path)[\(index)]" }
            return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
        }
    }

    private static func name(of type: Any.Type) -> String {
        switch type {
        case is any BinaryInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is any ExpressibleByDictionaryLiteral.Type: "an object"
        case is any ExpressibleByArrayLiteral.Type: "a list"
        default: "of another kind"
        }
    }

    /// A decoder's own words are kept when one of our types wrote them for people.
    private static func sentence(_ text: String) -> String {
        if text.contains("not representable") || text.contains("does not fit") { return "This number is out of range." }
        let isForPeople = text.hasSuffix(".") && !text.contains("Cannot initialize") && text.count < 120
        return isForPeople ? text : "This is not one of the possible values."
    }
}
