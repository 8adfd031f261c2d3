import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import MuseTestSupport
import Testing

@testable import MuseShared

struct PageRendererTests {
    private struct Item: Encodable, Sendable {
        let name: String
        let photo: String?
        let isSoldOut: Bool
        let count: Int64
    }

    private struct ListPage: Page {
        static let template = "list-page"
        let title = "List"
        let photo: String? = "the category's"
        let items: [Item]
        let empty: [Item] = []
    }

    private struct OrderPage: Page {
        static let template = "list-page"
        static let holdsSecrets = true
        let title = "Order"
        let items: [Item]
    }

    private static let files = [
        "Templates/list-page.mustache": """
        {{<site-layout}}{{$content}}{{#items}}<p>{{name}}|{{#photo}}{{photo}}{{/photo}}{{^photo}}none{{/photo}}|\
        {{#isSoldOut}}sold out{{/isSoldOut}}|{{count}}</p>{{/items}}{{^empty}}nothing{{/empty}}{{/content}}{{/site-layout}}
        """,
        "Templates/site-layout.mustache": """
        <title>{{page.title}} · {{site.name}}</title>{{#flash}}<b>{{kind}}: {{text}}</b>{{/flash}}{{path}} {{$content}}{{/content}}
        """,
    ]

    private static func routes(_ router: Router<VisitorContext>, _ site: Site) {
        router.get("/list") { _, context in
            let items = [
                Item(name: "<b>Soup</b> & \"bread\"", photo: nil, isSoldOut: true, count: 3),
                Item(name: "Cake", photo: "own", isSoldOut: false, count: 0),
            ]
            return try site.renderer.html(ListPage(items: items), context)
        }
        router.get("/long") { _, context in
            try site.renderer.html(ListPage(items: Self.many), context)
        }
        router.get("/order") { _, context in
            try site.renderer.html(OrderPage(items: Self.many), context)
        }
        router.post("/form") { _, context in
            Response.redirect(to: "/list", flash: Flash(.success, "Added <soup> & more."), context)
        }
        router.post("/away") { _, context in Response.redirect(to: "//evil.example", context) }
    }

    private static let many = (0..<100).map { Item(name: "Item \($0)", photo: nil, isSoldOut: false, count: 1) }

    private static func with(_ body: (RunningSite) async throws -> Void) async throws {
        try await RunningSite.with(files: files, routes: routes, body)
    }

    @Test func `a page shows its value in its layout, escaped`() async throws {
        try await Self.with { site async throws in
            let page = try await site.request("GET", "/list?x=1")
            #expect(page["content-type"] == "text/html; charset=utf-8")
            #expect(page["cache-control"] == "no-store")
            #expect(page.text.contains("<title>List · Muse &amp; Co</title>"))
            #expect(page.text.contains("/list "))
            #expect(page.text.contains("<p>&lt;b&gt;Soup&lt;/b&gt; &amp; &quot;bread&quot;|none|sold out|3</p>"))
            #expect(page.text.contains("<p>Cake|own||0</p>"))
            #expect(page.text.contains("nothing"))
        }
    }

    @Test func `a long page is compressed, one that holds secrets is not`() async throws {
        try await Self.with { site async throws in
            let headers = ["Accept-Encoding": "gzip"]
            #expect(try await site.request("GET", "/long", headers: headers)["content-encoding"] == "gzip")
            #expect(try await site.request("GET", "/long")["content-encoding"] == nil)
            #expect(try await site.request("GET", "/list", headers: headers)["content-encoding"] == nil)
            #expect(try await site.request("GET", "/order", headers: headers)["content-encoding"] == nil)
        }
    }

    @Test func `a flash is shown once, escaped`() async throws {
        try await Self.with { site async throws in
            let answer = try await site.post("/form", "")
            #expect(answer.status == 303)
            #expect(answer["location"] == "/list")
            let cookie = try #require(answer["set-cookie"])
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
            let pair = String(cookie.prefix { $0 != ";" })
            let page = try await site.request("GET", "/list", headers: ["Cookie": "other=1; \(pair)"])
            #expect(page.text.contains("<b>success: Added &lt;soup&gt; &amp; more.</b>"))
            #expect(page["set-cookie"]?.contains("Max-Age=0") == true)
            let next = try await site.request("GET", "/list")
            #expect(!next.text.contains("<b>success"))
        }
    }

    @Test func `a redirect leads to paths of this site only`() async throws {
        try await Self.with { site async throws in
            let answer = try await site.post("/away", "")
            #expect(answer["location"] == "/")
        }
        for path in ["https://evil.example", "/\\evil", "//x", "", "x", "/a\r\nb", "/a b"] {
            #expect(Response.localPath(path) == "/")
        }
        #expect(Response.localPath("/orders/1?token=a#x") == "/orders/1?token=a#x")
        let stripe = Origin(scheme: "https", host: "checkout.stripe.com", port: nil)
        #expect(
            Response.redirect(outside: "https://checkout.stripe.com/c/pay", of: stripe).headers[.location]
                == "https://checkout.stripe.com/c/pay")
        #expect(
            Response.redirect(outside: "https://checkout.stripe.com.evil.example/", of: stripe).headers[.location]
                == "/")
    }

    @Test func `a template that can't be parsed stops the start`() async {
        await #expect(throws: SiteFilesError.self) {
            try await RunningSite.with(files: ["Templates/x.mustache": "{{#open}}"]) { _ in }
        }
    }

    @Test func `a saved template shows on the next load in development`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("muse-live-\(UUID().uuidString)")
        let file = folder.appendingPathComponent("Templates/x.mustache")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try "one".write(to: file, atomically: true, encoding: .utf8)
        let files = try SiteFiles(folders: SiteFolders(roots: [folder]), isLive: true)
        let renderer = PageRenderer(files: files) { ["name": "Muse"] }
        #expect(try renderer.text("x", ["a": 1]) == "one")
        try "one and more".write(to: file, atomically: true, encoding: .utf8)
        let deadline = Date(timeIntervalSinceNow: 5)
        while try renderer.text("x", ["a": 1]) != "one and more", Date() < deadline {
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(try renderer.text("x", ["a": 1]) == "one and more")
    }
}
