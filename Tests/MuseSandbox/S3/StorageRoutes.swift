import Crypto
import Foundation
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// `/storage/{bucket}/{key}`: an S3 that keeps objects in memory, behind a verified signature; and
/// `/public/{bucket}/{key}`, the address under which everybody may read them, as R2 has for public buckets.
struct StorageRoutes: Sendable {
    let verify: SignatureVerification
    let objects: ObjectStore
    let faults: FaultSwitchboard
    let logger: Logger

    private static let mostBytes = 16 << 20

    func add(to router: Router<SandboxContext>) {
        router.put("storage/:bucket/**", use: answer)
        router.get("storage/:bucket/**", use: answer)
        router.head("storage/:bucket/**", use: answer)
        router.delete("storage/:bucket/**", use: answer)
        router.get("public/:bucket/**") { request, _ in
            let path = String(request.uri.path.dropFirst("/public/".count))
            guard let object = objects[path] else { throw HTTPError(.notFound) }
            return object.response()
        }
    }

    private func answer(_ request: Request, _ context: SandboxContext) async -> Response {
        do throws(StorageRefusal) {
            return try await perform(request, context)
        } catch {
            logger.info("storage \(request.method) refused: \(error.code)")
            return error.response
        }
    }

    private func perform(_ request: Request, _ context: SandboxContext) async throws(StorageRefusal) -> Response {
        try await strike(context)
        guard let buffer = try? await request.body.collect(upTo: Self.mostBytes) else {
            throw StorageRefusal(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.")
        }
        let body = Data(buffer.readableBytesView)
        try check(request, body)
        let path = String(request.uri.path.dropFirst("/storage/".count))
        switch request.method {
        case .put:
            let object = ObjectStore.Object(
                body: body, type: request.headers[.contentType] ?? "binary/octet-stream",
                cacheControl: request.headers[.cacheControl])
            objects.put(object, at: path)
            return Response(status: .ok, headers: [.eTag: object.etag])
        case .delete:
            objects.remove(path)
            return Response(status: .noContent)
        default:
            guard let object = objects[path] else {
                throw StorageRefusal(404, "NoSuchKey", "The specified key does not exist.")
            }
            let response = object.response()
            return request.method == .head ? response.createHeadResponse() : response
        }
    }

    private func check(_ request: Request, _ body: Data) throws(StorageRefusal) {
        guard request.headers[named: "x-amz-content-sha256"] != nil else {
            throw StorageRefusal(400, "MissingSecurityHeader", "Your request is missing x-amz-content-sha256.")
        }
        do throws(SESRefusal) {
            try verify(request, body: body, now: Date())
        } catch {
            let names = [
                "MissingAuthenticationTokenException": "AccessDenied", "InvalidClientTokenId": "InvalidAccessKeyId",
            ]
            throw StorageRefusal(403, names[error.type] ?? error.type, error.message)
        }
    }

    private func strike(_ context: SandboxContext) async throws(StorageRefusal) {
        let fault = faults.strike(.storage)
        switch fault?.mode {
        case .down: throw StorageRefusal(503, "ServiceUnavailable", "The sandbox plays dead.")
        case .throttle: throw StorageRefusal(503, "SlowDown", "Please reduce your request rate.")
        case .refuse, .cut:
            try? await context.channel.close()
            throw StorageRefusal(503, "ServiceUnavailable", "Closed on purpose.")
        case .slow: try? await Task.sleep(for: .seconds(fault?.delay ?? 0))
        default: break
        }
    }
}

/// An error as S3 tells it.
struct StorageRefusal: Error {
    let status: Int
    let code: String
    let message: String

    init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    var response: Response {
        let xml = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Error><Code>\(code)</Code><Message>\(message)</Message></Error>
            """
        return Response(
            status: .init(code: status), headers: [.contentType: "application/xml"],
            body: .init(byteBuffer: ByteBuffer(string: xml)))
    }
}

/// Objects by `bucket/key`; the oldest are forgotten.
final class ObjectStore: Sendable {
    struct Object: Sendable {
        let body: Data
        let type: String
        let cacheControl: String?

        var etag: String { "\"\(Insecure.MD5.hash(data: body).hex)\"" }

        func response() -> Response {
            var headers: HTTPFields = [.contentType: type, .eTag: etag]
            headers[.cacheControl] = cacheControl
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
        }
    }

    private let objects: Mutex<BoundedStore<Object>>

    init(keeping limit: Int) {
        objects = Mutex(BoundedStore(limit: limit))
    }

    subscript(path: String) -> Object? { objects.withLock { $0[path] } }

    func put(_ object: Object, at path: String) {
        objects.withLock { store in
            if store[path] == nil { store.add(object, id: path) } else { store.update(path) { $0 = object } }
        }
    }

    func remove(_ path: String) {
        objects.withLock { $0.remove(path) }
    }
}
