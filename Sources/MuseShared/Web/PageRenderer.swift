import Foundation
import HTTPTypes
import Hummingbird
import Mustache
import NIOCore
import Synchronization

/// A screen as a typed value. Its members are what the template of its name shows.
public protocol Page: Encodable, Sendable {
    /// The template's path below `Templates` without its suffix, such as `orders/order-page`.
    static var template: String { get }
    /// Whether a page shows a token or personal data together with something its address decides.
    ///
    /// Such a page is not compressed: the length of what is compressed would tell an attacker, who can make the browser
    /// ask for the address again and again, whether a guess occurs in it (BREACH).
    static var holdsSecrets: Bool { get }
    static var cacheControl: String { get }
    var title: String { get }
}

extension Page {
    public static var holdsSecrets: Bool { false }
    /// Pages are for one person unless they say otherwise.
    public static var cacheControl: String { "no-store" }
}

/// Renders pages and emails from typed values.
public struct PageRenderer: Sendable {
    private let files: SiteFiles
    private let facts: @Sendable () -> any Encodable & Sendable

    /// - Parameter facts: what every page knows of the venue, under `site`. Asked for each page, so keep it at hand.
    public init(files: SiteFiles, facts: @escaping @Sendable () -> any Encodable & Sendable) {
        self.files = files
        self.facts = facts
    }

    /// The page as a response: never cached unless it says so, compressed when that is safe and worth it.
    public func html(
        _ page: some Page,
        status: HTTPResponse.Status = .ok,
        _ context: some WebContext
    ) throws -> Response {
        try html(page, status: status, context.web)
    }

    func html<Value: Page>(_ page: Value, status: HTTPResponse.Status, _ web: WebState) throws -> Response {
        let flash = web.flash
        let text = try render(Value.template, page, title: page.title, flash: flash, web)
        var headers: HTTPFields = [.contentType: "text/html; charset=utf-8", .cacheControl: Value.cacheControl]
        var body = ByteBuffer(string: text)
        if !Value.holdsSecrets, body.readableBytes > 1024 {
            headers[.vary] = "Accept-Encoding"
            let isAccepted = Gzip.isAccepted(web.head.headerFields[.acceptEncoding])
            if isAccepted, let small = Gzip.compress(Array(body.readableBytesView), level: 4) {
                headers[.contentEncoding] = "gzip"
                body = ByteBuffer(bytes: small)
            }
        }
        var response = Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
        if flash != nil { response.setCookie(web.cookies.removal(of: Flash.cookieName)) }
        return response
    }

    /// A page with the content of a sample, for the gallery.
    func html(_ sample: GallerySamples.Sample, _ web: WebState) throws -> Response {
        let content = try sample.content()
        let text = try render(sample.template, content, title: content["title"]?.text ?? "", flash: nil, web)
        let headers: HTTPFields = [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Text from a template and a value, for emails: `emails/order-confirmed.html`, `emails/order-confirmed.txt`.
    public func text(_ template: String, _ value: some Encodable) throws -> String {
        var root = try ViewTree.make(value)
        root["site"] = try ViewTree.make(facts())
        return try files.current().render(template, root)
    }

    /// Whether there is a template of this name.
    public func has(_ template: String) -> Bool {
        (try? files.current())?.library.getTemplate(named: template) != nil
    }

    private func render(
        _ template: String,
        _ value: some Encodable,
        title: String,
        flash: Flash?,
        _ web: WebState
    ) throws -> String {
        var root = try ViewTree.make(value)
        root["page"] = ["title": title]
        // A page that brings its own frame knows more than the venue's facts.
        if root["site"] == nil { root["site"] = try ViewTree.make(facts()) }
        root["path"] = String(RequestTarget.path(of: web.head.path ?? "/"))
        root["requestID"] = web.requestID
        root["flash"] =
            flash.map { flash -> any Sendable in
                [
                    "kind": flash.kind.rawValue, "text": flash.text, "message": flash.text,
                    "isProblem": flash.kind == .failure || flash.kind == .warning,
                ] as [String: any Sendable]
            } ?? ViewNothing()
        return try files.current().render(template, root)
    }
}
