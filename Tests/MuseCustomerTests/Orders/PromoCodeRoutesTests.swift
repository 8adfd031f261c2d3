import Foundation
import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

/// A guest with one flat white with oat milk, $5.15 with tax, and the code TEN: $4.63.
struct PromoCodeRoutesTests {
    private static let contact = "name=Ada+Lovelace&email=ada%40example.com"

    private func checkout(
        _ body: @escaping @Sendable (GuestSite, GuestVisit) async throws -> Void
    ) async throws {
        let site = try await GuestSite.open()
        var terms = PromoCode.Terms(code: "TEN", reduction: .percent(millionths: 100_000))
        terms.maxUses = 1
        let wanted = terms
        try await site.database.write { try PromoCodeRepository.insert(wanted, id: "ten", in: $0) }
        try await site.visit { visitor in
            var visitor = visitor
            try await visitor.add("itemId=flat-white&option.milk=oat-milk")
            try await body(site, visitor)
        }
    }

    private static func order(_ code: String) -> String {
        """
        {"lines":[{"kind":"item","itemId":"flat-white","quantity":1,"options":[{"id":"oat-milk"}]}],"promoCode":"\(code)",
        "fulfilment":{"type":"pickup"},"contact":{"name":"Ada Lovelace","email":"ada@example.com"}}
        """
    }

    @Test func `a quote tells what a code takes off, or why it takes off nothing`() async throws {
        try await checkout { _, visitor in
            let good = try await visitor.post("/api/quotes", json: Self.order("ten")).json()
            let promo = try #require(good["promo"] as? [String: Any])
            #expect(promo["counts"] as? Bool == true)
            #expect(promo["amountMinor"] as? Int == 48)
            #expect((good["totals"] as? [String: Any])?["totalMinor"] as? Int == 463)
            let bad = try await visitor.post("/api/quotes", json: Self.order("NOPE"))
            #expect(bad.status == .ok)
            #expect((try bad.json()["promo"] as? [String: Any])?["reason"] as? String == "unknown")
        }
    }

    @Test func `a code is kept with the cart and shown by name in the total`() async throws {
        try await checkout { _, visitor in
            var visitor = visitor
            let kept = try await visitor.post("/cart/promo-code", form: "code=+ten+")
            #expect(kept.headers[.location] == "/cart#promo-code")
            visitor.keep(kept)
            let cart = try await visitor.get("/cart")
            #expect(cart.text.contains("TEN takes off $0.48, 10 %."))
            let page = try await visitor.get("/checkout")
            #expect(page.text.contains("value=\"TEN\""))
            #expect(page.text.contains("data-base-minor=\"463\""))
            let gone = try await visitor.post("/cart/promo-code", form: "code=")
            visitor.keep(gone)
            #expect(try await visitor.get("/checkout").text.contains("data-base-minor=\"515\""))
        }
    }

    @Test func `the page itself applies a code and keeps all that was typed`() async throws {
        try await checkout { _, visitor in
            let answer = try await visitor.post("/api/quotes", form: Self.contact + "&promoCode=ten&tip=15")
            #expect(answer.status == .ok)
            for shown in ["Ada Lovelace", "TEN takes off", "10 % of $4.80", "data-base-minor=\"463\""] {
                #expect(answer.text.contains(shown), "\(shown)")
            }
            let unknown = try await visitor.post("/api/quotes", form: Self.contact + "&promoCode=nope")
            #expect(unknown.text.contains("We don’t know the code NOPE."))
        }
    }

    @Test func `a form with a code is an order with a discount`() async throws {
        try await checkout { site, visitor in
            let form = Self.contact + "&promoCode=TEN&expectedTotalMinor=463&idempotencyKey=key-1"
            let placed = try await visitor.post("/api/orders", form: form)
            #expect(placed.status == .seeOther)
            #expect(site.stripe.sessions.first?.amountTotal == 463)
        }
    }

    @Test func `a used up code refuses with 409 and an unknown one with 422`() async throws {
        try await checkout { site, visitor in
            try await site.database.write { transaction in
                try transaction.execute("UPDATE promo_codes SET use_count = 1")
            }
            let used = try await visitor.post("/api/orders", json: Self.order("TEN"), key: "a")
            #expect(used.status == .conflict)
            #expect(used.text.contains("TEN is used up"))
            let unknown = try await visitor.post("/api/orders", json: Self.order("NOPE"), key: "b")
            #expect(unknown.status == .unprocessableContent)
            #expect(try site.database.first("SELECT id FROM orders") == nil)
        }
    }
}
