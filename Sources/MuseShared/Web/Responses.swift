import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// How values are written as JSON everywhere: slashes plain, dates as RFC 3339.
public enum MuseJSON {
    public static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        // Sorted, so that the same answer is the same bytes: a repeated request can be compared, a tag means something.
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        encoder.dateEncodingStrategy = .iso8601
        return encoder
    }

    public static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return decoder
    }
}

extension Response {
    /// A JSON answer that no cache keeps, unless `headers` say otherwise.
    public static func json(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) throws -> Response {
        var fields = headers
        fields[.contentType] = "application/json; charset=utf-8"
        if fields[.cacheControl] == nil { fields[.cacheControl] = "no-store" }
        let body = try MuseJSON.encoder.encode(value)
        return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }

    /// Sends the browser to a page of this site after a form (303), with a sentence to show there.
    ///
    /// Anything but a path of our own becomes `/`: a redirect must not lead a visitor to another site.
    public static func redirect(to path: String, flash: Flash? = nil, _ context: some WebContext) -> Response {
        var response = Response(status: .seeOther, headers: [.location: localPath(path), .cacheControl: "no-store"])
        if let flash {
            response.setCookie(context.web.cookies.cookie(Flash.cookieName, flash.cookieValue, maxAge: 60))
        }
        return response
    }

    /// Sends the browser to one of the hosts we work with, such as Stripe's hosted page.
    public static func redirect(outside address: String, of origin: Origin) -> Response {
        let isThere = address == origin.description || address.hasPrefix(origin.description + "/")
        return Response(
            status: .seeOther,
            headers: [.location: isThere ? address : "/", .cacheControl: "no-store"]
        )
    }

    /// `path` if it is a path on this site, otherwise `/`. `//host` and `/\host` lead elsewhere in browsers.
    static func localPath(_ path: String) -> String {
        let bytes = Array(path.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.dropFirst().first != UInt8(ascii: "/"),
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") })
        else { return "/" }
        return path
    }
}
