import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import MuseTestSupport
import Testing

@testable import MuseShared

struct AssetsTests {
    private func assets(_ files: [String: String]) throws -> Assets {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("muse-assets-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (path, content) in files {
            let url = folder.appendingPathComponent("Public/\(path)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try content.write(to: url, atomically: true, encoding: .utf8)
        }
        return try Assets(folders: SiteFolders(roots: [folder]))
    }

    private static let style =
        "body { background: url(/assets/art/cup.svg#x) } " + String(repeating: ".a{} ", count: 100)

    @Test func `an asset is kept for good under its hashed name and asked for under its plain one`() throws {
        let assets = try assets(["css/site.css": Self.style, "art/cup.svg": "<svg/>"])
        let address = assets.address(of: "css/site.css")
        #expect(address.wholeMatch(of: /\/assets\/css\/site\.[0-9a-f]{8}\.css/) != nil)
        let path = String(address.dropFirst("/assets/".count))
        let hashed = try #require(assets.response(for: path, [:]))
        #expect(hashed.headers[.cacheControl] == "public, max-age=31536000, immutable")
        #expect(assets.response(for: "css/site.css", [:])?.headers[.cacheControl] == "no-cache")
        #expect(assets.response(for: "css/other.css", [:]) == nil)
        #expect(assets.response(for: "../secret", [:]) == nil)
    }

    @Test func `gzip is sent to those who take it, and an unchanged asset is a 304`() throws {
        let assets = try assets(["css/site.css": Self.style, "art/cup.svg": "<svg/>"])
        let plain = try #require(assets.response(for: "css/site.css", [:]))
        let small = try #require(assets.response(for: "css/site.css", [.acceptEncoding: "br, gzip"]))
        #expect(small.headers[.contentEncoding] == "gzip")
        #expect(small.headers[.vary] == "Accept-Encoding")
        #expect((small.body.contentLength ?? 0) < (plain.body.contentLength ?? 0))
        #expect(assets.response(for: "css/site.css", [.acceptEncoding: "gzip;q=0"])?.headers[.contentEncoding] == nil)
        let tag = try #require(plain.headers[.eTag])
        #expect(assets.response(for: "css/site.css", [.ifNoneMatch: "\"x\", W/\(tag)"])?.status == .notModified)
    }

    @Test func `a changed picture changes the name of the style that shows it`() throws {
        let first = try assets(["css/site.css": Self.style, "art/cup.svg": "<svg/>"])
        let second = try assets(["css/site.css": Self.style, "art/cup.svg": "<svg></svg>"])
        #expect(first.address(of: "css/site.css") != second.address(of: "css/site.css"))
    }

    @Test func `names that lead nowhere or in a circle stop the start`() {
        #expect(throws: SiteFilesError.missing(asset: "art/none.svg", namedBy: "css/site.css")) {
            try assets(["css/site.css": "a { b: url(/assets/art/none.svg) }"])
        }
        #expect(throws: SiteFilesError.self) {
            try assets(["js/a.js": "import '/assets/js/b.js'", "js/b.js": "import '/assets/js/a.js'"])
        }
    }

    @Test func `the site serves its assets and pages name them by hash`() async throws {
        let files = [
            "Public/css/site.css": Self.style, "Public/art/cup.svg": "<svg/>",
            "Templates/home-page.mustache": #"<link href="/assets/css/site.css"><img src="/assets/art/{{art}}.svg">"#,
        ]
        try await RunningSite.with(
            files: files,
            routes: { router, site in
                router.get("/") { _, context in try site.renderer.html(HomePage(art: "cup"), context) }
            }
        ) { site async throws in
            let page = try await site.request("GET", "/")
            let match = try #require(page.text.firstMatch(of: /\/assets\/css\/site\.[0-9a-f]{8}\.css/))
            #expect(page.text.contains("/assets/art/cup.svg"))
            let asset = try await site.request("GET", String(match.output))
            #expect(asset.status == 200)
            #expect(asset["content-type"] == "text/css; charset=utf-8")
            let unchanged = try await site.request(
                "GET", String(match.output), headers: ["If-None-Match": asset["etag"] ?? ""])
            #expect(unchanged.status == 304)
            #expect(unchanged["content-length"] == nil)
            #expect(unchanged.body.isEmpty)
            #expect(try await site.request("GET", "/assets/css/none.css").status == 404)
        }
    }

    private struct HomePage: Page {
        static let template = "home-page"
        let title = "Home"
        let art: String
    }
}
