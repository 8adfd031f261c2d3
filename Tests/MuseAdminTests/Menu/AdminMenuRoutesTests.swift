import Foundation
import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct AdminMenuRoutesTests {
    private static func price(_ site: StaffSite, _ item: String = CafeFixture.soup) throws -> Int64? {
        try MenuRepository(database: site.database).published().item(item)?.priceMinor
    }

    private static func isAvailable(_ site: StaffSite, _ item: String) throws -> Bool? {
        try MenuRepository(database: site.database).published().item(item)?.available
    }

    @Test func `a program changes a price and is told the menu's new version`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let answer = try await visitor.send(
                .patch, "/api/menu/items/soup", json: #"{"priceMinor":1100,"publish":true}"#)
            #expect(answer.status == .ok)
            #expect(try answer.json()["priceMinor"] as? Int == 1100)
            #expect(try answer.json()["menuVersion"] as? Int == 2)
            #expect(try Self.price(site) == 1100)
        }
    }

    @Test(arguments: [
        (#"{"priceMinor":-1}"#, "priceMinor"), (#"{"priceMinor":"4.50"}"#, "priceMinor"),
        (#"{"priceMinor":1e30}"#, "priceMinor"), (#"{"name":""}"#, "name"),
        (#"{"allergens":["water"]}"#, "allergens"), (#"{"categoryId":"gone"}"#, "categoryId"),
        (#"{"available":false,"name":"Leek soup"}"#, "publish"), (#"{"taxClassId":"gone"}"#, "taxClassId"),
        (#"{"groupIds":["gone"]}"#, "groupIds"), (#"{"groupIds":["milk","milk"]}"#, "groupIds"),
    ])
    func `a wrong field is named, and nothing is written`(_ body: String, _ field: String) async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let answer = try await visitor.send(.patch, "/api/menu/items/soup", json: body)
            #expect(answer.status == .unprocessableContent)
            let errors = try answer.json()["errors"] as? [[String: String]]
            #expect(errors?.first?["field"] == field)
            #expect(try CacheVersionRepository(database: site.database).current(.menu) == 1)
        }
    }

    @Test func `an unknown item is 404`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let changed = try await visitor.send(.patch, "/api/menu/items/nothing", json: #"{"name":"x"}"#)
            #expect(changed.status == .notFound)
            let marked = try await visitor.send(.post, "/api/menu/items/nothing/sold-out")
            #expect(marked.status == .notFound)
            let editor = try await visitor.get("/menu/items/nothing", page: true)
            #expect(editor.status == .notFound)
        }
    }

    @Test func `a price in the list is changed, and the list says so`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let answer = try await visitor.post(
                "/api/menu/items/soup", form: "price=11.00&publish=true&returnTo=%2Fmenu%23item-soup")
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/menu#item-soup")
            #expect(answer.headers[values: .setCookie].contains { $0.contains("flash=") })
            #expect(try Self.price(site) == 1100)
        }
    }

    @Test func `a price that can't be read stays in its row, with the reason`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let answer = try await visitor.post("/api/menu/items/soup", form: "price=eleven&publish=true")
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains(#"value="eleven""#))
            #expect(answer.text.contains("price-soup-error"))
            #expect(try Self.price(site) == 950)
        }
    }

    @Test func `the editor shows what is stored and saves what was typed`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let editor = try await visitor.get("/menu/items/soup", page: true)
            #expect(editor.text.contains(#"value="Tomato soup""#))
            let revision = try #require(try ItemEditRepository(database: site.database).editing("soup")).revision.text
            #expect(editor.text.contains(revision))
            let form =
                "revision=\(revision)&name=Leek+soup&description=&price=9.50&categoryId=kitchen&prepSeconds=60"
                + "&publish=true&wordsAsked=true&allergens=milk&allergens=celery&dietary=vegetarian"
            #expect(try await visitor.post("/api/menu/items/soup", form: form).status == .seeOther)
            let item = try #require(try MenuRepository(database: site.database).published().item("soup"))
            #expect(item.name == "Leek soup")
            #expect(item.allergens == ["milk", "celery"])
        }
    }

    @Test func `a refused editor keeps all that was typed`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let form = "name=Leek+%3Csoup&description=Fine&price=lots&stock=many&wordsAsked=true&dietary=vegan"
            let answer = try await visitor.post("/api/menu/items/soup", form: form)
            #expect(answer.status == .unprocessableContent)
            for kept in [
                #"value="Leek &lt;soup""#, ">Fine</textarea>", #"value="lots""#, #"value="many""#, "price-error",
            ] {
                #expect(answer.text.contains(kept), "\(kept)")
            }
        }
    }

    @Test func `a colleague's change is not overwritten without a word`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let revision = try #require(try ItemEditRepository(database: site.database).editing("soup")).revision.text
            _ = try await visitor.send(.patch, "/api/menu/items/soup", json: #"{"priceMinor":1100,"publish":true}"#)
            let late = #"{"priceMinor":1200,"revision":"\#(revision)"}"#
            #expect(try await visitor.send(.patch, "/api/menu/items/soup", json: late).status == .conflict)
            let form = "revision=\(revision)&name=Leek+soup&price=12.00&publish=true"
            let page = try await visitor.post("/api/menu/items/soup", form: form)
            #expect(page.status == .conflict)
            #expect(page.text.contains("Leek soup"))
            #expect(try Self.price(site) == 1100)
        }
    }

    @Test func `sold out and back, for a program and for a form`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .kitchen) { visitor in
            #expect(try await visitor.send(.post, "/api/menu/items/croissant/sold-out").status == .ok)
            #expect(try Self.isAvailable(site, CafeFixture.croissant) == false)
            #expect(try await visitor.send(.delete, "/api/menu/items/croissant/sold-out").status == .ok)
            #expect(try Self.isAvailable(site, CafeFixture.croissant) == true)
            let form = try await visitor.post("/api/menu/items/croissant/sold-out", form: "soldOut=true")
            #expect(form.headers[.location] == "/86#item-croissant")
            #expect(try Self.isAvailable(site, CafeFixture.croissant) == false)
            _ = try await visitor.post("/api/menu/items/croissant/sold-out", form: "soldOut=false")
            #expect(try Self.isAvailable(site, CafeFixture.croissant) == true)
        }
    }

    @Test func `a return in the past is refused`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .kitchen) { visitor in
            let past = #"{"until":"2020-01-01T00:00:00Z"}"#
            let answer = try await visitor.send(.post, "/api/menu/items/croissant/sold-out", json: past)
            #expect(answer.status == .unprocessableContent)
        }
    }
}
