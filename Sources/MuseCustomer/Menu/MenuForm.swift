import Foundation
import HTTPTypes
import Hummingbird
import MuseShared
import NIOCore

/// The menu as `GET /api/menu` serves it: encoded and compressed once a version.
struct MenuForm: Sendable {
    let identity: ByteBuffer
    let gzip: ByteBuffer?
    let etag: String
    private let identityHeaders: HTTPFields
    private let gzipHeaders: HTTPFields
    private let notModifiedHeaders: HTTPFields

    init(_ published: PublishedMenu) throws {
        let json = try MuseJSON.encoder.encode(published.menu)
        identity = ByteBuffer(bytes: json)
        gzip = Gzip.compress(Array(json), level: 9).map { ByteBuffer(bytes: $0) }
        // The content decides, not the version alone: an item that returns by its time changes no version.
        etag = "\"\(Token(text: String(decoding: json, as: UTF8.self)).hash.prefix(24))\""
        var headers: HTTPFields = [
            .contentType: "application/json; charset=utf-8", .cacheControl: "no-cache", .vary: "Accept-Encoding",
            .eTag: etag,
        ]
        notModifiedHeaders = headers
        identityHeaders = headers
        headers[.contentEncoding] = "gzip"
        gzipHeaders = headers
    }

    func response(to request: Request) -> Response {
        if let known = request.headers[.ifNoneMatch], Self.matches(known, etag) {
            return Response(status: .notModified, headers: notModifiedHeaders)
        }
        if let gzip, Gzip.isAccepted(request.headers[.acceptEncoding]) {
            return Response(status: .ok, headers: gzipHeaders, body: ResponseBody(byteBuffer: gzip))
        }
        return Response(status: .ok, headers: identityHeaders, body: ResponseBody(byteBuffer: identity))
    }

    /// A list of tags, weak ones included, as RFC 9110 compares them for GET.
    private static func matches(_ header: String, _ etag: String) -> Bool {
        header == etag || header == "*"
            || header.split(separator: ",").contains {
                $0.trimmingCharacters(in: .whitespaces).replacing(/^W\//, with: "") == etag
            }
    }
}
