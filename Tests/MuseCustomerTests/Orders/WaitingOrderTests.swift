import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct WaitingOrderTests {
    private static let contact = "name=Ada&email=ada%40example.com"

    /// A guest who was sent to pay one flat white with oat milk.
    private func sentToPay(
        _ body: @escaping @Sendable (GuestSite, inout GuestVisit) async throws -> Void
    ) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            var visitor = visitor
            try await visitor.add("itemId=flat-white&option.milk=oat-milk")
            let answer = try await visitor.post("/api/orders", form: Self.contact + "&idempotencyKey=key-1")
            #expect(answer.headers[.location] == "https://pay.example/cs_test_1")
            visitor.keep(answer)
            try await body(site, &visitor)
        }
    }

    private static func states(_ site: GuestSite) throws -> [String] {
        try site.database.read { try $0.rows("SELECT status FROM orders ORDER BY placed_at_ms, id") }
            .map { try $0.text("status") }
    }

    private static func page(_ site: GuestSite) throws -> String {
        let id = try site.database.first("SELECT id FROM orders")?.text("id") ?? ""
        return site.program.counter.links.path(for: id)
    }

    @Test func `back from the payment page the same cart is the same order`() async throws {
        try await sentToPay { site, visitor in
            let again = try await visitor.post("/api/orders", form: Self.contact + "&idempotencyKey=key-2")
            #expect(again.headers[.location] == "https://pay.example/cs_test_1")
            #expect(try Self.states(site) == ["awaitingPayment"])
        }
    }

    @Test func `an order that was changed takes the place of the one that waits`() async throws {
        try await sentToPay { site, visitor in
            let changed = try await visitor.post("/api/orders", form: Self.contact + "&tip=20&idempotencyKey=key-2")
            #expect(changed.headers[.location] == "https://pay.example/cs_test_2")
            #expect(site.stripe.calls.filter { $0 == "expire" }.count == 1)
            #expect(try Self.states(site).sorted() == ["awaitingPayment", "expired"])
            // A second press of that button, whose first answer never arrived, is not a third order.
            let pressed = try await visitor.post("/api/orders", form: Self.contact + "&tip=20&idempotencyKey=key-2")
            #expect(pressed.headers[.location] == "https://pay.example/cs_test_2")
            visitor.keep(changed)
            let back = try await visitor.post("/api/orders", form: Self.contact + "&idempotencyKey=key-3")
            #expect(back.headers[.location] == "https://pay.example/cs_test_3")
            #expect(try Self.states(site).filter { $0 == "awaitingPayment" }.count == 1)
        }
    }

    @Test(arguments: [OrderStatus.expired, .cancelled])
    func `a form that is sent again after its order was let go is an order of its own`(_ end: OrderStatus) async throws
    {
        try await sentToPay { site, visitor in
            try await site.database.write { try $0.execute("UPDATE orders SET status = \(end.rawValue)") }
            for _ in 0..<2 {
                let again = try await visitor.post("/api/orders", form: Self.contact + "&idempotencyKey=key-1")
                #expect(again.headers[.location] == "https://pay.example/cs_test_2")
            }
            #expect(try Self.states(site).sorted() == ["awaitingPayment", end.rawValue])
        }
    }

    @Test func `what was paid in another tab is not ordered again`() async throws {
        try await sentToPay { site, visitor in
            site.stripe.pay("cs_test_1")
            let changed = try await visitor.post("/api/orders", form: Self.contact + "&tip=20&idempotencyKey=key-2")
            #expect(changed.headers[.location] == (try Self.page(site)) + "&from=checkout")
            #expect(try Self.states(site) == ["paid"])
        }
    }

    @Test func `while Stripe can't be asked the order that waits is kept`() async throws {
        try await sentToPay { site, visitor in
            site.stripe.isAway = true
            let changed = try await visitor.post("/api/orders", form: Self.contact + "&tip=20&idempotencyKey=key-2")
            #expect(changed.status == .serviceUnavailable)
            #expect(try Self.states(site) == ["awaitingPayment"])
        }
    }

    @Test func `every page leads back to the payment, until it is paid or let go`() async throws {
        try await sentToPay { site, visitor in
            let path = try Self.page(site)
            for place in ["/", "/menu", "/cart", "/checkout"] {
                #expect(try await visitor.get(place).text.contains("Your order waits for its payment"), "\(place)")
            }
            #expect(try await !visitor.get(path).text.contains("Your order waits for its payment"))
            let token = path.split(separator: "=").last.map(String.init) ?? ""
            let order = path.split(separator: "?").first.map(String.init) ?? ""
            #expect(try await visitor.post(order + "/let-go", form: "token=x").status == .notFound)
            let gone = try await visitor.post(order + "/let-go", form: "token=\(token)")
            #expect(gone.headers[.location] == "/cart")
            visitor.keep(gone)
            #expect(try Self.states(site) == ["expired"])
            let cart = try await visitor.get("/cart").text
            #expect(cart.contains("Flat white") && !cart.contains("waits for its payment"))
        }
    }

    @Test func `a paid order can't be let go`() async throws {
        try await sentToPay { site, visitor in
            let path = try Self.page(site)
            site.stripe.pay("cs_test_1")
            let token = path.split(separator: "=").last.map(String.init) ?? ""
            let order = path.split(separator: "?").first.map(String.init) ?? ""
            let answer = try await visitor.post(order + "/let-go", form: "token=\(token)")
            #expect(answer.headers[.location]?.hasPrefix(order) == true)
            #expect(try Self.states(site) == ["paid"])
        }
    }

    @Test(arguments: ["/cart", "/checkout", "order"])
    func `only what was paid leaves the cart, and only once`(_ place: String) async throws {
        try await sentToPay { site, visitor in
            site.stripe.pay("cs_test_1")
            let path = try Self.page(site)
            try await visitor.add("itemId=croissant&quantity=2")
            if place != "order" {
                let id = try site.database.first("SELECT id FROM orders")?.text("id") ?? ""
                try await site.program.counter.settle(orderID: id)
            }
            let first = try await visitor.get(place == "order" ? path + "&from=checkout" : place)
            #expect(first.cart?.hasPrefix("croissant*2*") == true)
            visitor.keep(first)
            try await visitor.add("itemId=flat-white&option.milk=oat-milk")
            #expect(try await visitor.get(path + "&from=checkout").cart == nil)
            #expect(try await visitor.get("/cart").text.contains("Flat white"))
        }
    }

    @Test(arguments: ["waiting=x", "waiting=a!b!c", "waiting=o1!key!AAAA", "waiting=!!"])
    func `a cookie that proves nothing is none`(_ cookie: String) async throws {
        try await sentToPay { site, visitor in
            let page = try await visitor.get("/menu", headers: [.cookie: "muse-customer-\(cookie)"])
            #expect(page.status == .ok && !page.text.contains("waits for its payment"))
        }
    }
}
