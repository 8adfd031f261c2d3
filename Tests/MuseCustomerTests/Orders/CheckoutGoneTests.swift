import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct CheckoutGoneTests {
    private static let typed = "name=Ada+Lovelace&email=ada%40example.com&note=Birthday&tip=15"

    /// A guest with a croissant and a soup, at the checkout while the kitchen takes the soup off.
    private func checkout(_ body: @escaping @Sendable (GuestSite, GuestVisit) async throws -> Void) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            var visitor = visitor
            try await visitor.add("itemId=croissant")
            try await visitor.add("itemId=soup")
            _ = try await MarkSoldOut(database: site.database)(
                MarkSoldOut.Request(.item("soup"), .soldOut(.whenSaid), staffID: CafeFixture.barista))
            try await body(site, visitor)
        }
    }

    @Test func `a checkout in progress is told which item is gone, and keeps what was typed`() async throws {
        try await checkout { _, visitor in
            let answer = try await visitor.post("/api/orders", form: Self.typed)
            #expect(answer.status == .conflict)
            for shown in [
                "Tomato soup is sold out", #"formaction="/checkout/lines/1?item=soup#your-order""#, "href=\"#gone-1\"",
                #"value="Ada Lovelace""#, #"value="Birthday""#,
            ] {
                #expect(answer.text.contains(shown), "\(shown)")
            }
        }
    }

    @Test func `one tap goes on without it, and a reload takes no other line`() async throws {
        try await checkout { _, visitor in
            var visitor = visitor
            let path = "/checkout/lines/1?item=soup"
            let answer = try await visitor.post(path, form: Self.typed)
            #expect(answer.status == .ok)
            #expect(answer.text.contains(#"value="Ada Lovelace""#) && !answer.text.contains("Tomato soup"))
            visitor.keep(answer)
            visitor.keep(try await visitor.post(path, form: Self.typed))
            let paid = try await visitor.post("/api/orders", form: Self.typed)
            #expect(paid.headers[.location] == "https://pay.example/cs_test_1")
        }
    }

    @Test func `an option that is gone and a portion too many are named too`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            var visitor = visitor
            try await visitor.add("itemId=flat-white&option.milk=oat-milk")
            try await visitor.add("itemId=croissant")
            _ = try await MarkSoldOut(database: site.database)(
                MarkSoldOut.Request(.option("oat-milk"), .soldOut(.whenSaid), staffID: CafeFixture.barista))
            let answer = try await visitor.post("/api/orders", form: Self.typed)
            #expect(answer.status == .conflict)
            #expect(answer.text.contains("Oat milk is sold out") && answer.text.contains(#"id="gone-0""#))
        }
    }

    @Test func `time alone is noticed, and a moved version is left to the feed`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let menu = MenuCache(database: cafe.database) { try MenuForm($0) }
        let changes = ChangeFeed(database: cafe.database)
        let notice = NoticeMenuTimes(menu: menu, changes: changes)
        let mark = MarkSoldOut(database: cafe.database)
        let until = cafe.clock.now.adding(seconds: 60)
        _ = try await mark(
            MarkSoldOut.Request(.item("croissant"), .soldOut(.at(until)), staffID: CafeFixture.barista))
        try notice()
        let signs = changes.changes(of: [.menu])
        try notice()
        cafe.clock.advance(seconds: 60)
        try notice()
        var iterator = signs.makeAsyncIterator()
        #expect(await iterator.next() != nil)
    }
}
