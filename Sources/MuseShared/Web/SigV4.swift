import Crypto
import Foundation

/// Signs requests to Amazon's services and to what speaks like them: AWS Signature Version 4.
///
/// docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
public struct SigV4: Sendable {
    /// How a path goes into the canonical request. Every service but S3 wants it percent-encoded once more.
    public enum PathEncoding: Sendable {
        case twice
        /// S3 and its like: the path as it is sent, and the body's hash in a header of its own.
        case once
    }

    /// What is signed. Nothing may be added to it afterwards but headers that nobody relies on.
    public struct Request: Sendable {
        public var method: String
        /// With the port, where it is not the scheme's own: exactly what is sent as `Host`.
        public var host: String
        /// Not encoded yet, e.g. `/media/a photo.jpg`.
        public var path: String
        /// Not encoded yet.
        public var query: [(name: String, value: String)] = []
        /// Further headers to sign, such as `content-type`.
        public var headers: [(name: String, value: String)] = []
        public var body: Data

        public init(method: String, host: String, path: String, body: Data = Data()) {
            self.method = method
            self.host = host
            self.path = path
            self.body = body
        }

        /// The path as it goes over the wire.
        public var encodedPath: String { SigV4.encode(path, keeping: "/") }

        /// Path and query as they go over the wire.
        public var target: String {
            let query = SigV4.canonicalQuery(query)
            return query.isEmpty ? encodedPath : "\(encodedPath)?\(query)"
        }
    }

    private let accessKeyID: String
    private let secretAccessKey: Secret
    private let region: String
    private let service: String
    private let pathEncoding: PathEncoding

    /// - Parameter service: `ses`, `s3`, …
    public init(
        accessKeyID: String, secretAccessKey: Secret, region: String, service: String,
        pathEncoding: PathEncoding = .twice
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.region = region
        self.service = service
        self.pathEncoding = pathEncoding
    }

    /// Every header to send with the request: those of the request, `host`, `x-amz-date` and `authorization`.
    public func headers(for request: Request, at now: Timestamp) -> [(name: String, value: String)] {
        let time = Self.basicTime(now)
        let bodyHash = SHA256.hash(data: request.body).hexadecimal
        var headers = request.headers + [("host", request.host), ("x-amz-date", time)]
        if pathEncoding == .once { headers.append(("x-amz-content-sha256", bodyHash)) }
        let canonical = Self.canonicalHeaders(headers)
        let signed = canonical.map(\.name).joined(separator: ";")
        let text = [
            request.method.uppercased(), canonicalPath(request), Self.canonicalQuery(request.query),
            canonical.map { "\($0.name):\($0.value)\n" }.joined(), signed, bodyHash,
        ].joined(separator: "\n")
        let scope = "\(time.prefix(8))/\(region)/\(service)/aws4_request"
        let toSign = ["AWS4-HMAC-SHA256", time, scope, SHA256.hash(data: Data(text.utf8)).hexadecimal]
            .joined(separator: "\n")
        let signature = Self.code(toSign, key: signingKey(day: String(time.prefix(8)))).hexadecimal
        let authorization =
            "AWS4-HMAC-SHA256 Credential=\(accessKeyID)/\(scope), SignedHeaders=\(signed), Signature=\(signature)"
        return headers + [("authorization", authorization)]
    }

    private func canonicalPath(_ request: Request) -> String {
        switch pathEncoding {
        case .once: request.encodedPath
        case .twice: Self.encode(request.encodedPath, keeping: "/")
        }
    }

    private func signingKey(day: String) -> Data {
        var key = Data("AWS4\(secretAccessKey.reveal())".utf8)
        for part in [day, region, service, "aws4_request"] { key = Self.code(part, key: key) }
        return key
    }

    private static func code(_ text: String, key: Data) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: key)))
    }

    /// Lowercase names in order, values trimmed with inner runs of spaces made one; equal names joined by a comma.
    private static func canonicalHeaders(
        _ headers: [(name: String, value: String)]
    ) -> [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for header in headers {
            values[header.name.lowercased(), default: []].append(
                header.value.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        }
        return values.sorted { $0.key < $1.key }.map { ($0.key, $0.value.joined(separator: ",")) }
    }

    private static func canonicalQuery(_ query: [(name: String, value: String)]) -> String {
        query.map { (encode($0.name), encode($0.value)) }.sorted { $0 < $1 }
            .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }

    /// RFC 3986: everything but unreserved characters is percent-encoded.
    private static func encode(_ text: String, keeping more: String = "") -> String {
        let kept = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~" + more)
        return text.addingPercentEncoding(withAllowedCharacters: kept) ?? ""
    }

    /// `20261123T143005Z`.
    private static func basicTime(_ time: Timestamp) -> String {
        time.rfc3339.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }
}
