import Foundation
import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct GuestPhotoTests {
    private static let id = "0a0b0c0d0e0f00010203040506070809"

    private static func open(environment: [String: String] = [:]) async throws -> GuestSite {
        let site = try await GuestSite.open(environment: environment)
        try await site.database.write {
            try $0.executeScript(
                """
                INSERT INTO photos (id, width_px, height_px, widths, placeholder, touched_at_ms)
                VALUES ('\(id)', 1280, 960, '[320,640,1280]', 'data:image/webp;base64,UklG', 0);
                INSERT INTO photo_links VALUES ('item', 'soup', '\(id)', 'A bowl & bread', 0),
                  ('item', 'croissant', '\(id)', '', 0);
                """)
        }
        return site
    }

    @Test func `the menu's API tells each width and form, its size, its words and its placeholder`() async throws {
        try await Self.open().visit { guest in
            let json = try await guest.api("/api/menu").json()
            let items = (json["categories"] as? [[String: Any]] ?? []).flatMap { $0["items"] as? [[String: Any]] ?? [] }
            let image = try #require(items.first { $0["id"] as? String == "soup" }?["image"] as? [String: Any])
            #expect(image["url"] as? String == "/media/\(Self.id)-640.jpg")
            #expect((image["width"] as? Int, image["height"] as? Int) == (1280, 960))
            #expect(image["alt"] as? String == "A bowl & bread")
            #expect(image["placeholder"] as? String == "data:image/webp;base64,UklG")
            let sources = try #require(image["sources"] as? [[String: Any]])
            #expect(sources.compactMap { $0["width"] as? Int } == [320, 320, 640, 640, 1280, 1280])
            #expect(Set(sources.compactMap { $0["type"] as? String }) == ["image/webp", "image/jpeg"])
            #expect(items.first { $0["id"] as? String == "water" }?["image"] == nil)
        }
    }

    @Test func `the list shows small photos that wait to be scrolled to, beside drawings`() async throws {
        try await Self.open().visit { guest in
            let page = try await guest.get("/menu").text
            let rows = page.components(separatedBy: "<li class=\"menu-item")
            let soup = try #require(rows.first { $0.contains("Tomato soup") })
            #expect(soup.contains(#"srcset="/media/\#(Self.id)-320.webp 320w" sizes="6.5rem""#))
            #expect(soup.contains(#"src="/media/\#(Self.id)-320.jpg""#))
            #expect(soup.contains(#"alt="A bowl &amp; bread" loading="lazy" decoding="async""#))
            #expect(soup.contains(#"width="1280" height="960""#))
            // Its name stands beside it: nothing is read twice.
            let croissant = try #require(rows.first { $0.contains(">Croissant<") })
            #expect(croissant.contains(#"alt="" loading="lazy""#))
            let water = try #require(rows.first { $0.contains("Tap water") })
            #expect(!water.contains("<picture"))
        }
    }

    @Test func `the item's own page has a large photo, described or named`() async throws {
        try await Self.open().visit { guest in
            let soup = try await guest.get("/menu/soup").text
            #expect(soup.contains("/media/\(Self.id)-320.webp 320w, /media/\(Self.id)-640.webp 640w"))
            #expect(soup.contains(#"alt="A bowl &amp; bread" decoding="async""#))
            #expect(!soup.contains("#bowl"))
            #expect(try await guest.get("/menu/croissant").text.contains(#"alt="Croissant" decoding="async""#))
            #expect(try await guest.get("/menu/water").text.contains("still-lifes"))
        }
    }

    @Test func `with a storage everything is linked there and nothing is served here`() async throws {
        let site = try await Self.open(environment: [
            "R2_ENDPOINT": "https://abc.r2.example", "R2_BUCKET": "muse", "R2_ACCESS_KEY_ID": "k",
            "R2_SECRET_ACCESS_KEY": "s", "R2_PUBLIC_URL": "https://media.example/photos/",
        ])
        try await site.visit { guest in
            let page = try await guest.get("/menu/soup")
            #expect(page.text.contains("https://media.example/photos/\(Self.id)-640.webp 640w"))
            let policy = try #require(page.headers[.contentSecurityPolicy])
            #expect(policy.contains("img-src 'self' data: https://media.example;"))
            #expect(try await guest.get("/media/\(Self.id)-640.webp").status == .notFound)
        }
    }
}
