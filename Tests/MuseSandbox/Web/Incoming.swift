import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The context of a request: the framework's, and the channel, which the fault `cut` closes.
struct SandboxContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

extension Request {
    /// The body, at most 1 MiB. Throws 413 beyond that.
    func bounded() async throws -> Data {
        let buffer = try await body.collect(upTo: 1 << 20)
        return Data(buffer.readableBytesView)
    }

    /// Fields of a JSON object or of a form, whichever was sent.
    func fields() async throws -> [String: JSON] {
        let data = try await bounded()
        if isJSON {
            if data.isEmpty { return [:] }
            guard let fields = (try? JSON.decoded(data))?.fields else {
                throw HTTPError(.badRequest, message: "The body must be a JSON object.")
            }
            return fields
        }
        guard case .branch(let pairs)? = try? FormTree(parsing: String(decoding: data, as: UTF8.self)) else {
            throw HTTPError(.badRequest, message: "The body must be a form.")
        }
        return pairs.compactMapValues { if case .value(let text) = $0 { .string(text) } else { nil } }
    }

    var isJSON: Bool { headers[.contentType]?.hasPrefix("application/json") ?? false }

    /// A program asks for JSON by sending it or by preferring it; a browser does neither.
    var wantsJSON: Bool { isJSON || (headers[.accept]?.hasPrefix("application/json") ?? false) }
}

extension Response {
    static func json(
        _ value: JSON, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) throws -> Response {
        .json(encoded: try value.encoded(), status: status, headers: headers)
    }

    static func json(encoded: Data, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: encoded)))
    }

    static func html(_ text: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.cacheControl] = "no-store"
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
