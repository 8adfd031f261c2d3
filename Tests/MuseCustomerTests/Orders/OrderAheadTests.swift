import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

/// Ordering now what is served later. The test clock begins on Monday at noon in New York; the café never closes.
struct OrderAheadTests {
    /// The croissant is served in the evening, unless other hours are given.
    private func open(_ more: [String: ClosedRange<Int>] = [:]) async throws -> GuestSite {
        let site = try await GuestSite.open(standsStill: true)
        try await ChangeOpeningHours(database: site.database)(
            .init(
                change: .week(Dictionary(uniqueKeysWithValues: (1...7).map { ($0, "0-24") })),
                staffID: CafeFixture.barista))
        for (item, hours) in [CafeFixture.croissant: 17...22].merging(more, uniquingKeysWith: { _, mine in mine }) {
            try await serve(item, hours, in: site)
        }
        return site
    }

    private func serve(
        _ item: String, _ hours: ClosedRange<Int>, on days: ClosedRange<Int> = 1...7, in site: GuestSite
    ) async throws {
        let windows = days.map {
            OpeningHours(weekday: $0, opens: hours.lowerBound * 60, closes: hours.upperBound * 60)
        }
        _ = try await ChangeMenuHours(database: site.database)(
            .init(owner: .item(item), hours: MenuHours(windows: windows), staffID: CafeFixture.barista))
    }

    private func form(_ more: String = "") -> String {
        "name=Ada&email=ada%40example.com&tip=0&idempotencyKey=\(IDSource.live.next())\(more)"
    }

    private func slots(_ page: String) -> [String] {
        page.split(separator: "<option value=\"").dropFirst().compactMap { $0.split(separator: "\"").first }.map(
            String.init)
    }

    private func encoded(_ slot: String) -> String { slot.replacing(":", with: "%3A") }

    @Test func `what is served in the evening is ordered at noon, for the evening`() async throws {
        let site = try await open()
        try await site.visit { visit in
            var visit = visit
            #expect(try await visit.get("/menu").text.contains("Served 5:00 PM–10:00 PM, order ahead"))
            #expect(try await visit.get("/menu/croissant").text.contains("Served from 5:00 PM."))
            try await visit.add("itemId=croissant")
            try await visit.add("itemId=flat-white&option.milk=oat-milk")
            let cart = try await visit.get("/cart").text
            #expect(cart.contains("Served from 5:00 PM") && cart.contains("href=\"/checkout\""))
            let checkout = try await visit.get("/checkout").text
            #expect(checkout.contains("Croissant is served from 5:00 PM"))
            #expect(checkout.contains(#"value="later" checked"#))
            let first = try #require(slots(checkout).first)
            #expect(first == "2026-11-23T22:00:00.000Z", "5 PM in New York")
            let answer = try await visit.post("/api/orders", form: form("&at=later&slot=\(encoded(first))"))
            #expect(answer.status == .seeOther, "\(answer.text)")
            let wanted = try site.database.first("SELECT wanted_at_ms FROM orders")?.optionalTime("wanted_at_ms")
            #expect(wanted?.rfc3339 == first)
        }
    }

    @Test(arguments: ["", "&at=later&slot=2026-11-23T20%3A00%3A00Z"])
    func `at a time when it is not served nothing is ordered, and nothing typed is lost`(at: String) async throws {
        let site = try await open()
        try await site.visit { visit in
            var visit = visit
            try await visit.add("itemId=croissant")
            let answer = try await visit.post("/api/orders", form: form(at))
            #expect(answer.status == .conflict)
            let sentence = at.isEmpty ? "Croissant is served from 5:00 PM." : "Croissant is not served at 3:00 PM."
            for shown in [#"id="at-error""#, "\(sentence) Choose one of these times.", #"value="Ada""#] {
                #expect(answer.text.contains(shown), "\(shown)")
            }
            #expect(!answer.text.contains("Remove"), "there is a time for it")
            let orders = try site.database.first("SELECT COUNT(*) AS n FROM orders")
            #expect(try orders?.int("n") == 0)
        }
    }

    @Test func `what is sold out, or served later than can be ordered, does not come into the cart`() async throws {
        let site = try await open()
        try await serve(CafeFixture.water, 10...12, on: 4...4, in: site)
        _ = try await MarkSoldOut(database: site.database)(
            MarkSoldOut.Request(.item(CafeFixture.croissant), .soldOut(.whenSaid), staffID: CafeFixture.barista))
        try await site.visit { visit in
            for (item, words) in [("croissant", "Croissant is sold out"), ("water", "Tap water is not served now")] {
                let answer = try await visit.post("/cart/lines", form: "itemId=\(item)")
                #expect(answer.status == .conflict)
                #expect(answer.text.contains(words))
                let page = try await visit.get("/menu/\(item)").text
                #expect(!page.contains("data-add"))
            }
        }
    }

    @Test func `what is never served together is told in the cart and at the checkout`() async throws {
        let site = try await open([CafeFixture.water: 8...13])
        try await site.visit { visit in
            var visit = visit
            try await visit.add("itemId=croissant")
            try await visit.add("itemId=water")
            let cart = try await visit.get("/cart").text
            #expect(cart.contains("There is no time at which all of this is served."))
            #expect(!cart.contains("href=\"/checkout\""))
            let answer = try await visit.post("/api/orders", form: form())
            #expect(answer.status == .conflict)
            #expect(answer.text.contains(#"formaction="/checkout/lines/0?item=croissant"#))
        }
    }

    @Test func `the checkout offers only times at which everything in the cart is served`() async throws {
        let site = try await open([CafeFixture.water: 12...18])
        try await site.visit { visit in
            var visit = visit
            try await visit.add("itemId=croissant")
            try await visit.add("itemId=water")
            let offered = slots(try await visit.get("/checkout").text)
            #expect(offered.allSatisfy { $0 >= "2026-11-23T22:00:00.000Z" })
            #expect(offered.contains("2026-11-23T22:30:00.000Z") && !offered.contains("2026-11-23T23:00:00.000Z"))
        }
    }

    @Test func `at a table all of it is brought at once, so nothing is ordered ahead`() async throws {
        let site = try await open()
        let table = try await ChangeTables(database: site.database)(
            .init(change: .add(name: "7", area: ""), staffID: CafeFixture.barista))
        try await site.visit { visit in
            var visit = visit
            visit.cart = "; muse-customer-table=\(table.code)"
            let answer = try await visit.post("/cart/lines", form: "itemId=croissant")
            #expect(answer.status == .conflict)
        }
    }

    @Test func `one tap orders again what is served later`() async throws {
        let site = try await open()
        let menu = try site.program.counter.menu.current().published
        let line = OrderLine(
            id: "line", kind: .item, subjectID: CafeFixture.croissant, name: "Croissant", quantity: 1,
            unitPriceMinor: 325, options: [], note: "", station: "kitchen", doneQuantity: 1, grossMinor: 325,
            discountMinor: 0, taxMinor: 0)
        let again = ReorderCart(menu: menu, ahead: try site.program.counter.schedule.ahead())([line], into: Cart())
        #expect(again.added == 1 && again.missing.isEmpty)
        let now = ReorderCart(menu: menu)([line], into: Cart())
        #expect(now.missing == ["Croissant (not served now)"])
    }
}
