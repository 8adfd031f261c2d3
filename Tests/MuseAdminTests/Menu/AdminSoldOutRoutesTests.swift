import Foundation
import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct AdminSoldOutRoutesTests {
    private static func option(_ site: StaffSite, _ id: String) throws -> ModifierOption? {
        try MenuRepository(database: site.database).published().item(CafeFixture.flatWhite)?
            .modifierGroups.flatMap(\.options).first { $0.id == id }
    }

    @Test func `an option is gone for an hour, and back in one tap`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .kitchen) { visitor in
            let path = "/api/menu/options/oat-milk/sold-out"
            let gone = try await visitor.send(.post, path, json: #"{"until":"hour"}"#)
            #expect(gone.status == .ok)
            #expect(try gone.json()["available"] as? Bool == false)
            #expect(try Self.option(site, CafeFixture.oatMilk)?.available == false)
            #expect(try Self.option(site, CafeFixture.oatMilk)?.returnsAt != nil)
            #expect(try await visitor.send(.delete, path).status == .ok)
            #expect(try Self.option(site, CafeFixture.oatMilk)?.available == true)
        }
    }

    @Test func `null is until somebody says so, and a time must be one`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .kitchen) { visitor in
            let path = "/api/menu/items/croissant/sold-out"
            let open = try await visitor.send(.post, path, json: #"{"until":null}"#)
            #expect(try open.json()["soldOutUntil"] == nil)
            let odd = try await visitor.send(.post, path, json: #"{"until":"soon"}"#)
            #expect(odd.status == .unprocessableContent)
            let form = try await visitor.post(path, form: "until=time&time=25%3A99")
            #expect(form.status == .unprocessableContent)
        }
    }

    @Test func `the board lists items and choices, and can show what is gone alone`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .kitchen) { visitor in
            let board = try await visitor.get("/86", page: true)
            #expect(board.status == .ok)
            for shown in ["Carrot cake", "Soy milk", "Croissant", "3 left", #"id="option-oat-milk""#] {
                #expect(board.text.contains(shown), "\(shown)")
            }
            let gone = try await visitor.get("/86?show=gone", page: true)
            #expect(gone.text.contains("Carrot cake") && !gone.text.contains("Croissant"))
        }
    }

    @Test func `who may not mark is refused`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .door) { visitor in
            let marking = try await visitor.send(.post, "/api/menu/items/croissant/sold-out")
            let counting = try await visitor.get("/api/stock")
            let board = try await visitor.get("/86", page: true)
            #expect([marking, counting, board].map(\.status) == [.forbidden, .forbidden, .forbidden])
        }
    }

    @Test func `a count brings back what had run out, and its history says who`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .kitchen) { visitor in
            let path = "/api/menu/items/soup/stock"
            #expect(try await visitor.send(.post, path, json: #"{"counted":0}"#).status == .ok)
            #expect(try MenuRepository(database: site.database).published().item("soup")?.available == false)
            #expect(try await visitor.send(.post, path, json: #"{"delivered":6}"#).status == .ok)
            #expect(try MenuRepository(database: site.database).published().item("soup")?.available == true)
            #expect(try await visitor.send(.post, path, json: #"{"lowMark":6}"#).status == .ok)
            let history = try await visitor.get(path)
            #expect(history.text.contains("delivered") && history.text.contains(#""isLow":true"#))
            #expect(try await visitor.send(.post, path, json: #"{"counted":-1}"#).status == .unprocessableContent)
            #expect(try await visitor.send(.post, path, json: "{}").status == .unprocessableContent)
        }
    }

    @Test func `a form counts, and a slip of the finger changes nothing`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .kitchen) { visitor in
            let path = "/api/menu/items/soup/stock"
            let saved = try await visitor.post(path, form: "what=counted&quantity=7&returnTo=%2Fstock")
            #expect(saved.headers[.location] == "/stock")
            #expect(try StockRepository(database: site.database).level(of: "soup")?.count == 7)
            let slip = try await visitor.post(path, form: "what=delivered&quantity=many")
            #expect(slip.headers[.location] == "/menu/items/soup/stock")
            #expect(try StockRepository(database: site.database).level(of: "soup")?.count == 7)
            let page = try await visitor.get("/menu/items/soup/stock", page: true)
            #expect(page.text.contains("Counted") && page.text.contains("by kitchen"))
            #expect(try await visitor.get("/stock", page: true).text.contains("Tomato soup"))
        }
    }

    @Test func `a form sets hours, and keeps what was typed when a row can't be read`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let path = "/api/menu/items/soup/hours"
            let good = "days.0=1&days.0=2&opens.0=08%3A00&closes.0=11%3A30&date.0=2026-12-25&opens.1=&closes.1="
            #expect(try await visitor.post(path, form: good).headers[.location] == "/menu/items/soup/hours")
            let words = try MenuRepository(database: site.database).published().item("soup")?.servedWords
            #expect(words == "Served Mon–Tue 8:00 AM–11:30 AM")
            let page = try await visitor.get("/menu/items/soup/hours", page: true)
            #expect(page.text.contains(#"value="2026-12-25""#))
            let odd = try await visitor.post(path, form: "opens.0=15%3A00&closes.0=17%3A00")
            #expect(odd.status == .unprocessableContent)
            #expect(odd.text.contains(#"value="15:00""#) && odd.text.contains("On which weekdays?"))
        }
    }

    @Test func `hours are set, read back, and refused when they overlap`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let path = "/api/menu/categories/kitchen/hours"
            let good =
                #"{"windows":[{"weekday":5,"opens":"18:00","closes":"02:00"}],"exceptions":[{"date":"2026-12-25"}]}"#
            #expect(try await visitor.send(.put, path, json: good).status == .ok)
            #expect(try await visitor.get(path).text.contains(#""closes":"02:00""#))
            let words = try MenuRepository(database: site.database).published().item("soup")?.servedWords
            #expect(words == "Served Fri 6:00 PM–2:00 AM")
            let overlap =
                #"{"windows":[{"weekday":5,"opens":"18:00","closes":"02:00"},{"weekday":5,"opens":"20:00","closes":"21:00"}]}"#
            #expect(try await visitor.send(.put, path, json: overlap).status == .unprocessableContent)
            #expect(try await visitor.send(.put, "/api/menu/items/nothing/hours", json: good).status == .notFound)
        }
    }
}
