import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

extension StorageClient {
    /// An S3-compatible storage such as Cloudflare R2, addressed path-style.
    ///
    /// - Parameter http: must not follow redirects.
    public static func live(
        _ settings: StorageSettings, http: HTTPClient, clock: WallClock = .live
    ) -> StorageClient {
        let api = S3API(settings: settings, http: http, clock: clock)
        return StorageClient(
            store: { file async throws(StorageFailure) in try await api.put(file) },
            remove: { name async throws(StorageFailure) in try await api.delete(name) })
    }
}

/// `PutObject` and `DeleteObject` (docs.aws.amazon.com/AmazonS3/latest/API).
struct S3API: Sendable {
    /// Half a megabyte over a slow line; somebody waits for it.
    private static let timeout = TimeAmount.seconds(10)

    let settings: StorageSettings
    let http: HTTPClient
    let clock: WallClock

    func put(_ file: StoredFile) async throws(StorageFailure) {
        let headers = [
            (name: "content-type", value: file.name.form.type),
            (name: "cache-control", value: "public, max-age=31536000, immutable"),
        ]
        try await send(.PUT, file.name, headers: headers, body: Data(file.bytes), expected: [200, 201, 204])
    }

    func delete(_ name: MediaName) async throws(StorageFailure) {
        try await send(.DELETE, name, headers: [], body: Data(), expected: [200, 202, 204, 404])
    }

    /// Both may be repeated without harm, and S3 asks for patience now and then: once more before anybody is told.
    private func send(
        _ method: HTTPMethod, _ name: MediaName, headers: [(name: String, value: String)], body: Data,
        expected: Set<UInt>
    ) async throws(StorageFailure) {
        do throws(StorageFailure) {
            try await sendOnce(method, name, headers: headers, body: body, expected: expected)
        } catch .unavailable {
            try? await Task.sleep(for: .milliseconds(200))
            try await sendOnce(method, name, headers: headers, body: body, expected: expected)
        }
    }

    private func sendOnce(
        _ method: HTTPMethod, _ name: MediaName, headers: [(name: String, value: String)], body: Data,
        expected: Set<UInt>
    ) async throws(StorageFailure) {
        let path = "\(settings.endpoint.path)/\(settings.bucket)/\(name)"
        var signed = SigV4.Request(
            method: method.rawValue, host: settings.endpoint.origin.authority, path: path, body: body)
        signed.headers = headers
        let signer = SigV4(
            accessKeyID: settings.accessKeyID, secretAccessKey: settings.secretAccessKey, region: settings.region,
            service: "s3", pathEncoding: .once)
        var request = HTTPClientRequest(url: settings.endpoint.origin.appending(signed.target))
        request.method = method
        request.headers = HTTPHeaders(signer.headers(for: signed, at: clock.now()).map { ($0.name, $0.value) })
        if !body.isEmpty { request.body = .bytes(ByteBuffer(bytes: body)) }
        let status: UInt
        do {
            let response = try await http.execute(request, timeout: Self.timeout)
            status = response.status.code
            _ = try await response.body.collect(upTo: 1 << 16)
        } catch {
            throw .unavailable("\(method) \(type(of: error))")
        }
        if expected.contains(status) { return }
        throw status >= 500 || status == 408 || status == 429
            ? .unavailable("\(method) HTTP \(status)") : .refused("\(method) HTTP \(status)")
    }
}
