import Foundation
import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import NIOCore
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct MenuRoutesTests {
    private static func reprice(_ site: GuestSite) async throws {
        try await site.cafe.database.write { transaction in
            _ = try transaction.execute("UPDATE menu_items SET price_minor = 350 WHERE id = 'croissant'")
            _ = try transaction.execute("UPDATE cache_versions SET version = version + 1 WHERE name = 'menu'")
        }
    }

    @Test func `the menu is answered in the shape that programs rely on`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.api("/api/menu")
            #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
            #expect(answer.headers[.cacheControl] == "no-cache")
            #expect(answer.headers[.vary] == "Accept-Encoding")
            let json = try answer.json()
            #expect(json["version"] as? Int == 1)
            #expect(json["currency"] as? String == "USD")
            let coffee = try #require((json["categories"] as? [[String: Any]])?.first)
            let item = try #require((coffee["items"] as? [[String: Any]])?.first)
            #expect(item["id"] as? String == "flat-white")
            #expect(item["priceMinor"] as? Int == 400)
            #expect(item["available"] as? Bool == true)
            for key in ["description", "allergens", "dietary"] { #expect(item[key] != nil, "\(key)") }
            let group = try #require((item["modifierGroups"] as? [[String: Any]])?.first)
            #expect(group["min"] as? Int == 1 && group["max"] as? Int == 1)
            let options = try #require(group["options"] as? [[String: Any]])
            #expect(options.map { $0["available"] as? Bool } == [true, true, false])
        }
    }

    @Test func `what a program has already is not sent again until it changes`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let tag = try #require(try await visitor.api("/api/menu").headers[.eTag])
            for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let answer = try await visitor.get("/api/menu", headers: [.ifNoneMatch: known])
                #expect(answer.status == .notModified, "\(known)")
                #expect(answer.body.readableBytes == 0)
                #expect(answer.headers[.eTag] == tag)
            }
            #expect(try await visitor.get("/api/menu", headers: [.ifNoneMatch: "\"other\""]).status == .ok)
            try await Self.reprice(site)
            let fresh = try await visitor.get("/api/menu", headers: [.ifNoneMatch: tag])
            #expect(fresh.status == .ok)
            #expect(fresh.headers[.eTag] != tag)
            #expect(fresh.text.contains("\"priceMinor\":350"))
        }
    }

    @Test(arguments: [("gzip", true), ("gzip;q=0", false), ("identity", false), ("br, gzip;q=0.5", true)])
    func `it is compressed for who takes that`(_ accepted: String, _ isPacked: Bool) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let plain = try await visitor.api("/api/menu")
            let answer = try await visitor.get("/api/menu", headers: [.acceptEncoding: accepted])
            #expect((answer.headers[.contentEncoding] == "gzip") == isPacked)
            #expect((answer.body.readableBytes < plain.body.readableBytes) == isPacked)
            // The magic of RFC 1952.
            #expect((answer.body.getBytes(at: answer.body.readerIndex, length: 2) == [0x1f, 0x8b]) == isPacked)
        }
    }

    @Test func `a price that staff change is in the guest's very next page`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            #expect(try await visitor.get("/menu").text.contains("$3.25"))
            try await Self.reprice(site)
            let page = try await visitor.get("/menu").text
            #expect(page.contains("$3.50") && !page.contains("$3.25"))
        }
    }

    @Test func `the card says what is sold out and offers the rest in one tap or by choice`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let page = try await visitor.get("/menu").text
            #expect(page.contains("Sold out for now"))
            #expect(page.contains("name=\"itemId\" value=\"croissant\""))
            #expect(!page.contains("name=\"itemId\" value=\"flat-white\""))
            #expect(!page.contains("name=\"itemId\" value=\"cake\""))
        }
    }

    @Test func `an item's page asks for what must be chosen, a sold-out one takes no order`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let item = try await visitor.get("/menu/flat-white").text
            for shown in [
                "choose 1", "up to 2", "+$0.80", "type=\"radio\" name=\"option.milk\"",
                "type=\"checkbox\" name=\"option.shots\"",
            ] {
                #expect(item.contains(shown), "\(shown)")
            }
            let gone = try await visitor.get("/menu/cake").text
            #expect(gone.contains("Sold out for now"))
            #expect(!gone.contains("action=\"/cart/lines\""))
        }
    }

    @Test(arguments: ["/menu/nope", "/menu/%3Cscript%3E", "/menu/flat-white/x"])
    func `what is on no menu is not found`(_ path: String) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.get(path)
            #expect(answer.status == .notFound)
            #expect(!answer.text.contains("<script>\""))
        }
    }
}
