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
    /// - Throws: 415 for other types, 400 for what can't be read at all, 422 with the field for wrong types.
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
