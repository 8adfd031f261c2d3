import Foundation
import HTTPTypes
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

    func answer(to headers: HTTPFields) -> ReadyAnswer {
        if EntityTag.isNamed(etag, by: headers[.ifNoneMatch]) {
            return ReadyAnswer(status: .notModified, headers: notModifiedHeaders)
        }
        if let gzip, Gzip.isAccepted(headers[.acceptEncoding]) {
            return ReadyAnswer(status: .ok, headers: gzipHeaders, body: gzip)
        }
        return ReadyAnswer(status: .ok, headers: identityHeaders, body: identity)
    }
}
