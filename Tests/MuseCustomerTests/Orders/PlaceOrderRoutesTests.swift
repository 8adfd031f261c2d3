import Foundation
import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct PlaceOrderRoutesTests {
    /// A flat white with oat milk for Ada: $5.15.
    private static func body(
        line: String = #"{"kind":"item","itemId":"flat-white","quantity":1,"options":[{"id":"oat-milk"}]}"#,
        contact: String = #"{"name":"Ada","email":"ada@example.com"}"#, more: String = ""
    ) -> String {
        #"{"lines":[\#(line)],"fulfilment":{"type":"pickup"},"contact":\#(contact)\#(more)}"#
    }

    private static func count(_ site: GuestSite) throws -> Int64? {
        try site.database.first("SELECT COUNT(*) AS n FROM orders")?.int("n")
    }

    private static func fields(_ answer: TestResponse) throws -> [String] {
        (try answer.json()["errors"] as? [[String: String]] ?? []).compactMap { $0["field"] }
    }

    @Test func `an order is answered with all that a program needs to go on`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.post(
                "/api/orders", json: Self.body(more: #","expectedTotalMinor":515"#), key: "k")
            #expect(answer.status == .created)
            let json = try answer.json()
            #expect(json["status"] as? String == "awaitingPayment")
            #expect(json["checkoutUrl"] as? String == "https://pay.example/cs_test_1")
            #expect((json["holdExpiresAt"] as? String)?.hasSuffix("Z") == true)
            let totals = try #require(json["totals"] as? [String: Any])
            #expect(totals["totalMinor"] as? Int == 515)
            #expect(totals["currency"] as? String == "USD")
            let (id, token) = (try #require(json["id"] as? String), try #require(json["token"] as? String))
            #expect(try await visitor.api("/api/orders/\(id)?token=\(token)").status == .ok)
        }
    }

    @Test func `the same key and body give the same answer, another body is refused`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let first = try await visitor.post("/api/orders", json: Self.body(), key: "k")
            let again = try await visitor.post("/api/orders", json: Self.body(), key: "k")
            #expect(try NSDictionary(dictionary: first.json()) == NSDictionary(dictionary: again.json()))
            let other = try await visitor.post("/api/orders", json: Self.body(more: #","tipMinor":100"#), key: "k")
            #expect(other.status == .unprocessableContent)
            #expect(try other.json()["type"] as? String == "https://ncmuse.co/problems/idempotency-key-reused")
            #expect(try Self.count(site) == 1)
        }
    }

    @Test(arguments: [nil, "", String(repeating: "k", count: 256)])
    func `without a key of 1 to 255 characters nothing is ordered`(_ key: String?) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.post("/api/orders", json: Self.body(), key: key)
            #expect(answer.status == .badRequest)
            #expect(try answer.json()["type"] as? String == "https://ncmuse.co/problems/idempotency-key-missing")
            #expect(try Self.count(site) == 0)
        }
    }

    @Test(arguments: [
        (#"{"kind":"item","itemId":"flat-white","quantity":0}"#, "lines[0].quantity"),
        (#"{"kind":"item","itemId":"croissant","quantity":-1}"#, "lines[0].quantity"),
        (#"{"kind":"item","itemId":"croissant","quantity":1000000000000000000}"#, "lines[0].quantity"),
        (#"{"kind":"item","itemId":"flat-white","quantity":1}"#, "lines[0].options"),
        (#"{"kind":"item","itemId":"croissant","quantity":1,"options":[{"id":"oat-milk"}]}"#, "lines[0].options"),
        (#"{"kind":"item","quantity":1}"#, "lines[0].itemId"),
        (#"{"kind":"cake","itemId":"croissant","quantity":1}"#, "lines[0].kind"),
        (#"{"kind":"item","itemId":"croissant","quantity":"two"}"#, "lines[0].quantity"),
    ])
    func `a line that no menu allows is refused at its field`(_ line: String, _ field: String) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.post("/api/orders", json: Self.body(line: line), key: "k")
            #expect(answer.status == .unprocessableContent)
            #expect(answer.headers[.contentType] == "application/problem+json")
            let fields = try Self.fields(answer)
            #expect(fields.contains { $0.hasPrefix(field) }, "\(fields)")
            #expect(try Self.count(site) == 0)
        }
    }

    @Test(arguments: [
        #"{"kind":"item","itemId":"cake","quantity":1}"#, #"{"kind":"item","itemId":"soup","quantity":4}"#,
        #"{"kind":"item","itemId":"soup","quantity":2},{"kind":"item","itemId":"soup","quantity":2}"#,
        #"{"kind":"item","itemId":"flat-white","quantity":1,"options":[{"id":"soy-milk"}]}"#,
    ])
    func `what is sold out is a conflict that names the line`(_ line: String) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.post("/api/orders", json: Self.body(line: line), key: "k")
            #expect(answer.status == .conflict)
            #expect(try answer.json()["type"] as? String == "https://ncmuse.co/problems/not-available")
            #expect(try Self.fields(answer).first?.hasPrefix("lines[") == true)
            #expect(try Self.count(site) == 0)
        }
    }

    @Test(arguments: [
        (#"{"name":"","email":"ada@example.com"}"#, "contact.name"),
        (#"{"name":"Ada","email":"ada"}"#, "contact.email"),
        (#"{"name":"Ada"}"#, "contact.email"), ("null", "contact"),
    ])
    func `a contact that can't be reached is refused at its field`(_ contact: String, _ field: String) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.post("/api/orders", json: Self.body(contact: contact), key: "k")
            #expect(answer.status == .unprocessableContent)
            #expect(try Self.fields(answer) == [field])
        }
    }

    @Test func `a total that moved is a conflict with the new totals`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.post(
                "/api/orders", json: Self.body(more: #","expectedTotalMinor":1"#), key: "k")
            #expect(answer.status == .conflict)
            let totals = try #require(try answer.json()["totals"] as? [String: Any])
            #expect(totals["totalMinor"] as? Int == 515)
            #expect(try Self.count(site) == 0)
        }
    }

    @Test func `an order of nothing to pay is paid and names no payment page`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let line = #"{"kind":"item","itemId":"water","quantity":1}"#
            let json = try await visitor.post("/api/orders", json: Self.body(line: line), key: "k").json()
            #expect(json["status"] as? String == "paid")
            #expect(json["checkoutUrl"] is NSNull)
            #expect(site.stripe.calls == [])
        }
    }

    @Test func `Stripe being away is 503 with a time, and the same request goes on later`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            site.stripe.isAway = true
            let answer = try await visitor.post("/api/orders", json: Self.body(), key: "k")
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.headers[.retryAfter] == "5")
            site.stripe.isAway = false
            #expect(try await visitor.post("/api/orders", json: Self.body(), key: "k").status == .created)
            #expect(try Self.count(site) == 1)
        }
    }

    @Test func `Stripe saying no is told as such`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            site.stripe.refusesSessions = true
            let answer = try await visitor.post("/api/orders", json: Self.body(), key: "k")
            #expect(answer.status == .badGateway)
            #expect(try answer.json()["type"] as? String == "https://ncmuse.co/problems/payment-refused")
        }
    }

    @Test(arguments: [
        ("{", HTTPResponse.Status.badRequest), ("[]", .unprocessableContent), ("{}", .unprocessableContent),
    ])
    func `what is no order is refused before anything else`(_ body: String, _ status: HTTPResponse.Status) async throws
    {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            for path in ["/api/orders", "/api/quotes"] {
                let answer = try await visitor.post(path, json: body, key: "k")
                #expect(answer.status == status, "\(path)")
                #expect(try answer.json()["requestId"] is String)
            }
        }
    }

    @Test func `a quote says the price and its derivation and reserves nothing`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let json = try await visitor.post("/api/quotes", json: Self.body(more: #","tipMinor":100"#)).json()
            let totals = try #require(json["totals"] as? [String: Any])
            #expect(totals["totalMinor"] as? Int == 615)
            #expect(totals["tipMinor"] as? Int == 100)
            #expect(json["derivation"] is [String: Any])
            #expect(try Self.count(site) == 0)
        }
    }
}
