import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

/// When and where on the checkout page: slots, pauses, and the table's link.
struct CheckoutWhenTests {
    private func open(_ hours: String = "0-24") async throws -> GuestSite {
        let site = try await GuestSite.open()
        let texts = Dictionary(uniqueKeysWithValues: (1...7).map { ($0, hours) })
        try await ChangeOpeningHours(database: site.database)(
            .init(change: .week(texts, maySilence: true), staffID: CafeFixture.barista))
        return site
    }

    private func form(_ more: String, key: String = IDSource.live.next()) -> String {
        "name=Ada&email=ada%40example.com&tip=0&idempotencyKey=\(key)\(more)"
    }

    private static func firstSlot(_ page: String) -> Substring? {
        page.split(separator: "<option value=\"").dropFirst().compactMap { $0.split(separator: "\"").first }
            .first { $0.hasPrefix("20") }
    }

    @Test func `without scripts a picked time counts whatever the buttons say, and later needs one`() async throws {
        let site = try await open()
        try await site.visit { visit in
            var visit = visit
            try await visit.add("itemId=croissant&quantity=1")
            let refused = try await visit.post("/api/orders", form: form("&at=later&slot="))
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("Pick a time, or choose as soon as possible."))
            let slot = try #require(Self.firstSlot(refused.text))
            let answer = try await visit.post(
                "/api/orders", form: form("&at=&slot=\(slot.replacing(":", with: "%3A"))"))
            #expect(answer.status == .seeOther, "\(answer.text)")
            let orders = try site.database.first("SELECT COUNT(*) AS n, MAX(wanted_at_ms) AS wanted_at_ms FROM orders")
            #expect(try orders?.int("n") == 1)
            #expect(try orders?.optionalTime("wanted_at_ms")?.rfc3339 == String(slot))
        }
    }

    @Test func `the page offers the queue's promise and times, and takes one`() async throws {
        let site = try await open()
        try await site.visit { visit in
            var visit = visit
            try await visit.add("itemId=croissant&quantity=1")
            let page = try await visit.get("/checkout")
            #expect(page.text.contains("About 12 min"))
            let slot = try #require(Self.firstSlot(page.text))
            let answer = try await visit.post(
                "/api/orders", form: form("&at=later&slot=\(slot.replacing(":", with: "%3A"))"))
            #expect(answer.status == .seeOther, "\(answer.text)")
            let wanted = try site.database.first("SELECT wanted_at_ms FROM orders")?.optionalTime("wanted_at_ms")
            #expect(wanted?.rfc3339 == String(slot))
        }
    }

    @Test func `a time that is gone is told beside the times, and nothing typed is lost`() async throws {
        let site = try await open()
        try await site.visit { visit in
            var visit = visit
            try await visit.add("itemId=croissant&quantity=1")
            let answer = try await visit.post(
                "/api/orders", form: form("&at=later&slot=2020-01-01T10%3A00%3A00Z"))
            #expect(answer.status == .conflict)
            for shown in ["id=\"at-error\"", "value=\"Ada\"", "no longer on offer"] {
                #expect(answer.text.contains(shown), "\(shown)")
            }
        }
    }

    @Test func `a pause is told on home, menu and checkout, and stops an order`() async throws {
        let site = try await open()
        _ = try await PauseOrdering(database: site.database)(
            .init(wish: .untilResumed, staffID: CafeFixture.barista))
        try await site.visit { visit in
            var visit = visit
            try await visit.add("itemId=croissant&quantity=1")
            for path in ["/", "/menu", "/checkout"] {
                #expect(try await visit.get(path).text.contains("We have paused ordering"), "\(path)")
            }
            let answer = try await visit.post("/api/orders", form: form("&at="))
            #expect(answer.status == .conflict)
            let orders = try site.database.first("SELECT COUNT(*) AS n FROM orders")
            #expect(try orders?.int("n") == 0)
        }
    }

    @Test func `while it is closed the first time of the next opening is chosen`() async throws {
        let site = try await open("")
        let zone = try VenueRepository(database: site.database).venue().timeZone
        let tomorrow = zone.day(of: site.program.counter.now()).adding(days: 1).text
        try await ChangeOpeningHours(database: site.database)(
            .init(change: .date(tomorrow, hours: "8-12", note: ""), staffID: CafeFixture.barista))
        try await site.visit { visit in
            var visit = visit
            try await visit.add("itemId=croissant&quantity=1")
            let page = try await visit.get("/checkout").text
            #expect(page.contains("We open again"))
            #expect(page.contains("8:15 AM"))
            #expect(page.contains("value=\"later\" checked"))
        }
    }

    @Test func `a table's link brings the order to the table, with the tax of eating in`() async throws {
        let site = try await open()
        let table = try await ChangeTables(database: site.database)(
            .init(change: .add(name: "7", area: "Terrace"), staffID: CafeFixture.barista))
        try await site.visit { visit in
            var visit = visit
            try await visit.add("itemId=croissant&quantity=1")
            let opened = try await visit.get("/t/\(table.code)")
            #expect(opened.text.contains("You are at table 7"))
            #expect(opened.headers[values: .setCookie].contains { $0.hasPrefix("muse-customer-table=\(table.code)") })
            // This visit keeps one cookie more, in the cart's place.
            visit.cart = "\(visit.cart ?? ""); muse-customer-table=\(table.code)"
            // Wherever the total stands it is the one of the table.
            let cart = try await visit.get("/cart").text
            #expect(cart.contains("Meals tax") && cart.contains("You order to table 7."))
            #expect(try await visit.get("/menu").text.contains("You order to table 7."))
            let page = try await visit.get("/checkout").text
            #expect(page.contains("Table 7."))
            #expect(!page.contains("Pick a time"))
            #expect(page.contains("Meals tax"))
            let answer = try await visit.post("/api/orders", form: form(""))
            #expect(answer.status == .seeOther, "\(answer.text)")
            let order = try site.database.first("SELECT fulfilment, table_name, wanted_at_ms FROM orders")
            #expect(try order?.text("fulfilment") == "dineIn")
            #expect(try order?.text("table_name") == "7")
        }
    }

    @Test func `an old or made-up link is told kindly`() async throws {
        let site = try await open()
        let tables = ChangeTables(database: site.database)
        let table = try await tables(.init(change: .add(name: "7", area: ""), staffID: CafeFixture.barista))
        _ = try await tables(.init(change: .rotate(id: table.id), staffID: CafeFixture.barista))
        try await site.visit { visit in
            for code in [table.code, "short", "abcdefghijklmnopqrstuv"] {
                let page = try await visit.get("/t/\(code)")
                #expect(page.status == .notFound)
                #expect(page.text.contains("not in use any more"))
            }
        }
    }
}
