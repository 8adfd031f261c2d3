import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// One file for browsers, with everything a response needs made ready at start.
struct Asset: Sendable {
    /// Path below `/assets/`, with the hash of the content before the suffix.
    let hashedPath: String
    let plain: ByteBuffer
    /// Nil when compressing gains nothing, as for photos.
    let compressed: ByteBuffer?
    let etag: String
    let type: String

    init(path: String, content: Data) {
        let hash = SHA256.hash(data: content).prefix(4).hexadecimal
        let name = path as NSString
        hashedPath = "\(name.deletingPathExtension).\(hash).\(name.pathExtension)"
        plain = ByteBuffer(bytes: content)
        etag = "\"\(hash)\""
        type = Self.types[name.pathExtension.lowercased()] ?? "application/octet-stream"
        let gzip = Self.isText(type) ? Gzip.compress(Array(content), level: 9) : nil
        compressed = gzip.flatMap { $0.count < content.count ? ByteBuffer(bytes: $0) : nil }
    }

    /// - Parameter isHashed: asked for by its hashed name, under which the content never changes.
    func response(to headers: HTTPFields, isHashed: Bool) -> Response {
        var fields: HTTPFields = [
            .contentType: type,
            .cacheControl: isHashed ? "public, max-age=31536000, immutable" : "no-cache",
            .eTag: etag,
        ]
        if compressed != nil { fields[.vary] = "Accept-Encoding" }
        if EntityTag.isNamed(etag, by: headers[.ifNoneMatch]) { return Response(status: .notModified, headers: fields) }
        guard let compressed, Gzip.isAccepted(headers[.acceptEncoding]) else {
            return Response(status: .ok, headers: fields, body: ResponseBody(byteBuffer: plain))
        }
        fields[.contentEncoding] = "gzip"
        return Response(status: .ok, headers: fields, body: ResponseBody(byteBuffer: compressed))
    }

    static func isText(_ type: String) -> Bool {
        type.hasPrefix("text/") || type.contains("svg") || type.contains("json")
    }

    static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "ico": "image/x-icon",
        "json": "application/json", "webmanifest": "application/manifest+json", "txt": "text/plain; charset=utf-8",
        "mp3": "audio/mpeg", "woff2": "font/woff2",
    ]
}

/// Compares entity tags as `If-None-Match` asks: weakly, against a list or `*`.
public enum EntityTag {
    public static func isNamed(_ tag: String, by header: String?) -> Bool {
        guard let header else { return false }
        if header == tag || header == "*" { return true }
        return header.split(separator: ",").contains { entry in
            let trimmed = entry.drop { $0 == " " }
            let strong = trimmed.hasPrefix("W/") ? trimmed.dropFirst(2) : trimmed
            return strong.trimmingCharacters(in: .whitespaces) == tag
        }
    }
}
