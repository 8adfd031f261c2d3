import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct CheckoutRoutesTests {
    private static let contact = "name=Ada+Lovelace&email=ada%40example.com"

    /// A guest with one flat white with oat milk: $4.80, with 7.25 % tax $5.15.
    private func checkout(
        _ body: @escaping @Sendable (GuestSite, GuestVisit) async throws -> Void
    ) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            var visitor = visitor
            try await visitor.add("itemId=flat-white&option.milk=oat-milk")
            try await body(site, visitor)
        }
    }

    private static func count(_ site: GuestSite) throws -> Int64? {
        try site.database.first("SELECT COUNT(*) AS n FROM orders")?.int("n")
    }

    @Test func `an empty cart leads back to the cart`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.get("/checkout")
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/cart")
            #expect(try await visitor.post("/api/orders", form: Self.contact).headers[.location] == "/cart")
        }
    }

    @Test func `the page shows what is bought, its parts and the sum, and is kept by no cache`() async throws {
        try await checkout { _, visitor in
            let answer = try await visitor.get("/checkout")
            #expect(answer.headers[.cacheControl] == "no-store")
            for shown in [
                "1 × Flat white", "Oat milk", "$4.80", "Sales tax", "$0.35", "$5.15", "data-base-minor=\"515\"",
                "data-tip-base-minor=\"480\"", "name=\"expectedTotalMinor\" value=\"515\"", "12 Camden Road",
            ] {
                #expect(answer.text.contains(shown), "\(shown)")
            }
        }
    }

    @Test func `a good form becomes an order and leads to Stripe's page`() async throws {
        try await checkout { site, visitor in
            let answer = try await visitor.post(
                "/api/orders", form: Self.contact + "&tip=15&expectedTotalMinor=515&idempotencyKey=key-1")
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "https://pay.example/cs_test_1")
            #expect(site.stripe.sessions.first?.amountTotal == 587)
            // Whoever leaves the payment page finds the cart as it was.
            #expect(answer.cart == nil)
        }
    }

    @Test func `the second press of the button is the same order`() async throws {
        try await checkout { site, visitor in
            let form = Self.contact + "&idempotencyKey=key-1"
            let first = try await visitor.post("/api/orders", form: form)
            let second = try await visitor.post("/api/orders", form: form)
            #expect(first.headers[.location] == second.headers[.location])
            #expect(try Self.count(site) == 1)
        }
    }

    @Test func `a key that is not one of ours is nobody else's order`() async throws {
        try await checkout { site, visitor in
            for _ in 0..<2 { _ = try await visitor.post("/api/orders", form: Self.contact + "&idempotencyKey=%3Cx%3E") }
            #expect(try Self.count(site) == 2)
        }
    }

    @Test func `what is wrong is said at its field and everything typed stays`() async throws {
        try await checkout { site, visitor in
            let answer = try await visitor.post(
                "/api/orders", form: "name=&email=ada.example.com&phone=%2B1+704&note=By+the+%22door%22&tip=20")
            #expect(answer.status == .unprocessableContent)
            for shown in [
                "2 things need you", "Tell us a name to call.", "Enter an email address like name@example.com.",
                "value=\"ada.example.com\"", "value=\"+1 704\"", "By the &quot;door&quot;",
                "value=\"20\" data-percent=\"20\" checked", "href=\"#email\"", "Nothing was charged",
            ] {
                #expect(answer.text.contains(shown), "\(shown)")
            }
            #expect(try Self.count(site) == 0)
        }
    }

    @Test(arguments: [
        "tip=other&tipAmount=a+lot", "tip=other&tipAmount=-1", "tip=101", "tip=x", "tip=other&tipAmount=1.234",
    ])
    func `a tip that is no amount is refused`(_ tip: String) async throws {
        try await checkout { site, visitor in
            let answer = try await visitor.post("/api/orders", form: Self.contact + "&" + tip)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("Enter the tip as an amount like 3.50."))
            #expect(try Self.count(site) == 0)
        }
    }

    @Test func `a tip beyond all reason is refused`() async throws {
        try await checkout { site, visitor in
            let answer = try await visitor.post("/api/orders", form: Self.contact + "&tip=other&tipAmount=9999999.00")
            #expect(answer.status == .unprocessableContent)
            #expect(try Self.count(site) == 0)
        }
    }

    @Test func `a total that moved since the page was shown is shown before anything is ordered`() async throws {
        try await checkout { site, visitor in
            let form = Self.contact + "&expectedTotalMinor=500&idempotencyKey=key-1"
            let answer = try await visitor.post("/api/orders", form: form)
            #expect(answer.status == .conflict)
            for shown in ["The total has changed", "value=\"515\"", "$5.15", "value=\"Ada Lovelace\""] {
                #expect(answer.text.contains(shown), "\(shown)")
            }
            #expect(try Self.count(site) == 0)
            let again = try await visitor.post("/api/orders", form: form.replacing("=500", with: "=515"))
            #expect(again.headers[.location] == "https://pay.example/cs_test_1")
        }
    }

    @Test func `Stripe being away loses nothing that was typed, and the same button works later`() async throws {
        try await checkout { site, visitor in
            site.stripe.isAway = true
            let form = Self.contact + "&idempotencyKey=key-1"
            let answer = try await visitor.post("/api/orders", form: form)
            #expect(answer.status == .serviceUnavailable)
            for shown in ["The payment page can’t be reached", "value=\"Ada Lovelace\"", "value=\"key-1\""] {
                #expect(answer.text.contains(shown), "\(shown)")
            }
            site.stripe.isAway = false
            #expect(
                try await visitor.post("/api/orders", form: form).headers[.location] == "https://pay.example/cs_test_1")
            #expect(try Self.count(site) == 1)
        }
    }

    @Test func `an order that costs nothing goes straight to its page`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            var visitor = visitor
            try await visitor.add("itemId=water")
            let answer = try await visitor.post("/api/orders", form: Self.contact)
            let place = try #require(answer.headers[.location])
            #expect(place.hasPrefix("/orders/") && place.contains("token="))
            visitor.keep(answer)
            let page = try await visitor.get(place)
            #expect(page.text.contains("Nothing to pay."))
            #expect(page.cart == "")
        }
    }
}
