import Foundation
import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct MenuDraftRoutesTests {
    private static func price(_ site: StaffSite) throws -> Int64? {
        try MenuRepository(database: site.database).published().item(CafeFixture.soup)?.priceMinor
    }

    @Test func `without publish a change waits in the draft, which the menu tells`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let answer = try await visitor.send(.patch, "/api/menu/items/soup", json: #"{"priceMinor":1100}"#)
            #expect(answer.status == .ok)
            #expect(try Self.price(site) == 950)
            let menu = try await visitor.get("/api/menu").json()
            let draft = try #require(menu["draft"] as? [String: Any])
            #expect((draft["changes"] as? [[String: Any]])?.first?["id"] as? String == "soup")
            let revision = try #require(draft["revision"] as? String)
            let stale = try await visitor.send(.post, "/api/menu/publish", json: #"{"revision":"0"}"#)
            #expect(stale.status == .conflict)
            let published = try await visitor.send(
                .post, "/api/menu/publish", json: #"{"revision":"\#(revision)"}"#)
            #expect(published.status == .ok)
            #expect(try Self.price(site) == 1100)
            #expect(try await visitor.send(.post, "/api/menu/versions/0/revert").status == .ok)
            #expect(try Self.price(site) == 950)
            #expect(try await visitor.send(.post, "/api/menu/versions/99/revert").status == .notFound)
            #expect(try await visitor.send(.post, "/api/menu/publish", json: "{}").status == .conflict)
        }
    }

    @Test func `a group with its options is made in one write, and a form keeps what was refused`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let body = #"{"name":"Bread","min":1,"max":1,"options":[{"name":"Rye"},{"name":"Spelt","priceMinor":50}]}"#
            let made = try await visitor.send(.post, "/api/menu/groups", json: body)
            #expect(made.status == .created)
            #expect((try made.json()["options"] as? [[String: Any]])?.count == 2)
            let form = "name=Seeds&min=0&max=two&optionsAsked=true&option=new-1&name.new-1=Sesame"
            let refused = try await visitor.post("/api/menu/groups", form: form)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains(#"value="Sesame""#))
        }
    }

    @Test func `what goes live over the draft is told, the draft is kept, and publishing asks`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            #expect(
                try await visitor.send(.patch, "/api/menu/items/soup", json: #"{"priceMinor":1100}"#).status == .ok)
            let set = try await visitor.post("/api/menu/items/soup", form: "price=10.50&publish=true&returnTo=/menu")
            #expect(set.status == .seeOther)
            let flash = set.headers[values: .setCookie].joined().removingPercentEncoding ?? ""
            #expect(flash.contains("Tomato soup is live. The draft still says price $11.00"), "\(flash)")
            #expect(try Self.price(site) == 1050)
            let editor = try await visitor.get("/menu/items/soup", page: true).text
            for shown in ["live it is $10.50 now", "“Publish now” would put that live", "draft for this item: price"] {
                #expect(editor.contains(shown), "\(shown)")
            }
            #expect(try await visitor.send(.post, "/api/menu/publish", json: "{}").status == .conflict)
            #expect(try Self.price(site) == 1050)
            let kept = #"{"kind":"item","id":"soup","keep":"draft"}"#
            #expect(try await visitor.send(.post, "/api/menu/draft", json: kept).status == .noContent)
            #expect(try await visitor.send(.post, "/api/menu/publish", json: "{}").status == .ok)
            #expect(try Self.price(site) == 1100)
        }
    }

    @Test func `archiving is shown and published from the page`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let answer = try await visitor.post("/api/menu/items/soup", form: "isArchived=true")
            #expect(answer.status == .seeOther)
            #expect(try await visitor.get("/menu/publish", page: true).text.contains("Publish 1 change"))
            #expect(try await visitor.post("/api/menu/publish", form: "revision=").status == .seeOther)
            #expect(try Self.price(site) == nil)
        }
    }

    @Test func `a category is made, sorted and refused by its field`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            #expect(
                try await visitor.send(.post, "/api/menu/categories", json: #"{"name":"Brunch"}"#).status == .created)
            let nameless = try await visitor.send(.post, "/api/menu/categories", json: #"{"name":""}"#)
            #expect(nameless.status == .unprocessableContent)
            let moved = try await visitor.send(
                .post, "/api/menu/order", json: #"{"kind":"category","id":"kitchen","by":-1}"#)
            #expect((try moved.json()["ids"] as? [String])?.first == "kitchen")
        }
    }
}
