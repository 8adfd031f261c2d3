import Foundation
import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

/// A guest with one flat white with oat milk at $4.80, with 7.25 % tax $5.15, whose page is older than what is so now.
struct CheckoutTotalTests {
    private static let contact = "name=Ada+Lovelace&email=ada%40example.com&note=By+the+door"

    private func checkout(
        _ body: @escaping @Sendable (GuestSite, GuestVisit) async throws -> Void
    ) async throws {
        let site = try await GuestSite.open()
        try await site.database.write {
            try PromoCodeRepository.insert(
                PromoCode.Terms(code: "SPRING", reduction: .percent(millionths: 100_000)), id: "spring", in: $0)
        }
        try await site.visit { visitor in
            var visitor = visitor
            try await visitor.add("itemId=flat-white&option.milk=oat-milk")
            try await body(site, visitor)
        }
    }

    /// The page's hidden fields, as the next press of its button sends them.
    private static func hidden(_ page: TestResponse) throws -> String {
        try ["idempotencyKey", "expectedTotalMinor", "seen"].map { name in
            let match = try Regex("name=\"\(name)\" value=\"([^\"]*)\"").firstMatch(in: page.text)
            let value = try #require(match?.output[1].substring)
            let encoded = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            return "&\(name)=\(encoded)"
        }.joined()
    }

    private static func change(_ site: GuestSite, _ script: String) async throws {
        try await site.database.write { transaction in
            try transaction.executeScript(script)
            try CacheVersionRepository.bump(.menu, in: transaction)
        }
    }

    @Test func `a price that went up is the reason, nothing typed is lost, and the second press orders`() async throws {
        try await checkout { site, visitor in
            let page = try Self.hidden(try await visitor.get("/checkout"))
            try await Self.change(site, "UPDATE menu_items SET price_minor = 500 WHERE id = 'flat-white'")
            let answer = try await visitor.post("/api/orders", form: Self.contact + "&tip=15" + page)
            #expect(answer.status == .conflict)
            // $5.15 and a tip of $0.72; $6.22 and one of $0.87.
            for shown in [
                "The total has changed",
                "It was $5.87 and is now $7.09, because Flat white is now $5.80, not $4.80 and your tip of 15 % is now $0.87.",
                "value=\"Ada Lovelace\"", "value=\"By the door\"", "value=\"15\" data-percent=\"15\" checked",
            ] {
                #expect(answer.text.contains(shown), "\(shown)")
            }
            #expect(try site.database.first("SELECT id FROM orders") == nil)
            let again = try await visitor.post(
                "/api/orders", form: Self.contact + "&tip=15" + (try Self.hidden(answer)))
            #expect(again.headers[.location] == "https://pay.example/cs_test_1")
            #expect(site.stripe.sessions.first?.amountTotal == 709)
        }
    }

    @Test func `a code that ended is the reason, and the second press goes on without it`() async throws {
        try await checkout { site, visitor in
            let priced = try await visitor.post("/api/quotes", form: Self.contact + "&promoCode=spring")
            try await Self.change(site, "UPDATE promo_codes SET is_active = 0, revision = 2")
            let form = Self.contact + "&promoCode=spring"
            let answer = try await visitor.post("/api/orders", form: form + (try Self.hidden(priced)))
            #expect(answer.status == .conflict)
            for shown in [
                "It was $4.63 and is now $5.15, because code SPRING has ended.", "id=\"promo-error\">SPRING has ended.",
                "value=\"spring\"", "value=\"Ada Lovelace\"",
            ] {
                #expect(answer.text.contains(shown), "\(shown)")
            }
            let again = try await visitor.post("/api/orders", form: form + (try Self.hidden(answer)))
            #expect(again.headers[.location] == "https://pay.example/cs_test_1")
            #expect(site.stripe.sessions.first?.amountTotal == 515)
        }
    }

    @Test func `a code that the page has not spoken of is never left out silently`() async throws {
        try await checkout { site, visitor in
            let page = try Self.hidden(try await visitor.get("/checkout"))
            let answer = try await visitor.post("/api/orders", form: Self.contact + "&promoCode=SUMMER" + page)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("We don’t know the code SUMMER."))
            #expect(try site.database.first("SELECT id FROM orders") == nil)
        }
    }

    @Test func `another tax is the reason`() async throws {
        try await checkout { site, visitor in
            let page = try Self.hidden(try await visitor.get("/checkout"))
            try await Self.change(site, "UPDATE tax_rates SET rate_millionths = 100000")
            let answer = try await visitor.post("/api/orders", form: Self.contact + page)
            #expect(answer.text.contains("It was $5.15 and is now $5.28, because Sales tax is now 10 %."))
        }
    }

    @Test func `a program is told the reasons beside the new totals`() async throws {
        try await checkout { site, visitor in
            let order =
                #"{"lines":[{"kind":"item","itemId":"flat-white","quantity":1,"options":[{"id":"oat-milk"}]}],"#
                + #""fulfilment":{"type":"pickup"},"contact":{"name":"Ada","email":"ada@example.com"}"#
            let quote = try await visitor.post("/api/quotes", json: order + "}").json()
            let seen = try #require(quote["seen"] as? String)
            try await Self.change(site, "UPDATE menu_items SET price_minor = 500 WHERE id = 'flat-white'")
            let body = order + #","expectedTotalMinor":515,"seen":"\#(seen)"}"#
            let answer = try await visitor.post("/api/orders", json: body, key: "k")
            #expect(answer.status == .conflict)
            let json = try answer.json()
            #expect(json["reasons"] as? [String] == ["Flat white is now $5.80, not $4.80"])
            #expect((json["totals"] as? [String: Any])?["totalMinor"] as? Int == 622)
        }
    }

    @Test func `a program whose code ended is told the totals without it`() async throws {
        try await checkout { site, visitor in
            try await Self.change(site, "UPDATE promo_codes SET is_active = 0, revision = 2")
            let order =
                #"{"lines":[{"kind":"item","itemId":"flat-white","quantity":1,"options":[{"id":"oat-milk"}]}],"#
                + #""promoCode":"SPRING","fulfilment":{"type":"pickup"},"contact":{"name":"Ada","email":"ada@example.com"}}"#
            let answer = try await visitor.post("/api/orders", json: order, key: "k")
            #expect(answer.status == .conflict)
            let json = try answer.json()
            #expect(json["reasons"] as? [String] == ["SPRING has ended."])
            #expect((json["totals"] as? [String: Any])?["totalMinor"] as? Int == 515)
        }
    }
}
