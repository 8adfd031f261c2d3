import MuseTestSupport
import Testing

@testable import MuseShared

struct PlaceOrderTests {
    /// The refusal's messages, or a failed test.
    private func refusal(_ counter: CheckoutCounter, _ request: PlaceOrder.Request) async throws -> PlaceOrder.Refusal {
        do {
            _ = try await counter.place()(request)
        } catch {
            return error
        }
        throw Unexpected()
    }

    private struct Unexpected: Error {}

    private func orderCount(_ counter: CheckoutCounter) throws -> Int64? {
        try counter.database.first("SELECT COUNT(*) AS n FROM orders")?.int("n")
    }

    @Test func `a good cart becomes an order that awaits its payment`() async throws {
        let counter = try await CheckoutCounter.open()
        let placement = try await counter.place()(CheckoutCounter.request(expecting: 515))
        #expect(placement.order.status == .awaitingPayment)
        #expect(placement.order.number == nil)
        #expect(placement.checkoutURL == "https://pay.example/cs_test_1")
        #expect(counter.stripe.sessions.first?.amountTotal == 515)
        #expect(counter.links.isValid(placement.token, for: placement.order))
        #expect(!counter.links.isValid(Token.random(), for: placement.order))
    }

    @Test func `the same key and body give the same order and one session`() async throws {
        let counter = try await CheckoutCounter.open()
        let request = CheckoutCounter.request()
        let place = counter.place()
        let placements = try await withThrowingTaskGroup(of: PlaceOrder.Placement.self) { group in
            for _ in 0..<20 { group.addTask { try await place(request) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(placements.map(\.order.id)).count == 1)
        #expect(Set(placements.map(\.token.text)).count == 1)
        #expect(Set(placements.map(\.checkoutURL)).count == 1)
        #expect(counter.stripe.sessions.count == 1)
    }

    @Test func `the same key with another body is refused`() async throws {
        let counter = try await CheckoutCounter.open()
        _ = try await counter.place()(CheckoutCounter.request(key: "k"))
        guard case .keyUsedForAnotherOrder = try await refusal(counter, CheckoutCounter.request(tip: 1, key: "k"))
        else {
            throw Unexpected()
        }
        #expect(try orderCount(counter) == 1)
    }

    @Test func `a total that changed is refused with the new one`() async throws {
        let counter = try await CheckoutCounter.open()
        guard
            case .totalChanged(let change) = try await refusal(counter, CheckoutCounter.request(expecting: 1))
        else { throw Unexpected() }
        #expect(change.expectedMinor == 1)
        #expect(change.derivation.totals.totalMinor == 515)
        #expect(change.sentence == "It was $0.01 and is now $5.15.")
        #expect(try orderCount(counter) == 0)
    }

    @Test(arguments: [
        (CheckoutCounter.line("nothing"), "lines[0].itemId"),
        (CheckoutCounter.line(CafeFixture.cake), "lines[0].itemId"),
        (CheckoutCounter.flatWhite(1, milk: CafeFixture.soyMilk), "lines[0].options"),
        (CheckoutCounter.line(CafeFixture.soup, 4), "lines[0].quantity"),
    ])
    func `what is gone or sold out is a conflict that names the line`(line: OrderRequest.Line, field: String)
        async throws
    {
        let counter = try await CheckoutCounter.open()
        guard case .unavailable(let problems) = try await refusal(counter, CheckoutCounter.request([line])) else {
            throw Unexpected()
        }
        #expect(problems.map(\.field) == [field])
        #expect(try orderCount(counter) == 0)
    }

    @Test(arguments: [
        (CheckoutCounter.line(CafeFixture.croissant, 0), "lines[0].quantity"),
        (CheckoutCounter.line(CafeFixture.croissant, -1), "lines[0].quantity"),
        (CheckoutCounter.line(CafeFixture.croissant, 1_000_000_000_000_000_000), "lines[0].quantity"),
        (CheckoutCounter.line(CafeFixture.flatWhite), "lines[0].options"),
        (CheckoutCounter.flatWhite(1, milk: "sand"), "lines[0].options"),
    ])
    func `what no menu would allow is invalid and names the field`(line: OrderRequest.Line, field: String) async throws
    {
        let counter = try await CheckoutCounter.open()
        guard case .invalid(let problems) = try await refusal(counter, CheckoutCounter.request([line])) else {
            throw Unexpected()
        }
        #expect(problems.allSatisfy { $0.field == field })
        #expect(try orderCount(counter) == 0)
    }

    @Test func `one item in several lines can't pass its stock`() async throws {
        let counter = try await CheckoutCounter.open()
        let lines = (0..<4).map { _ in CheckoutCounter.line(CafeFixture.soup) }
        guard case .unavailable = try await refusal(counter, CheckoutCounter.request(lines)) else { throw Unexpected() }
        _ = try await counter.place()(CheckoutCounter.request(Array(lines.prefix(3))))
        #expect(
            try counter.database.first("SELECT stock_count FROM menu_items WHERE id = 'soup'")?.int("stock_count") == 0)
    }

    @Test func `a counted item that runs out moves the menu's version`() async throws {
        let counter = try await CheckoutCounter.open()
        let versions = CacheVersionRepository(database: counter.database)
        let before = try versions.current(.menu)
        _ = try await counter.place()(CheckoutCounter.request([CheckoutCounter.line(CafeFixture.soup, 2)]))
        #expect(try versions.current(.menu) == before)
        _ = try await counter.place()(CheckoutCounter.request([CheckoutCounter.line(CafeFixture.soup, 1)]))
        #expect(try versions.current(.menu) == before + 1)
    }

    @Test func `many carts at once from two openings sell exactly the stock`() async throws {
        let counter = try await CheckoutCounter.open()
        let other = try counter.cafe.secondOpening()
        defer { other.close() }
        let placed = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<40 {
                let place = counter.place(on: index % 2 == 0 ? counter.database : other)
                group.addTask {
                    (try? await place(CheckoutCounter.request([CheckoutCounter.line(CafeFixture.soup)]))) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(placed == 3)
        #expect(try orderCount(counter) == 3)
    }

    @Test func `an order of nothing to pay is paid at once and has a number`() async throws {
        let counter = try await CheckoutCounter.open()
        let placement = try await counter.place()(CheckoutCounter.request([CheckoutCounter.line(CafeFixture.water)]))
        #expect(placement.checkoutURL == nil)
        #expect(placement.order.status == .paid)
        #expect(placement.order.number == 1)
        #expect(counter.stripe.calls.isEmpty)
    }

    @Test func `while Stripe is away the order waits and the same request goes on`() async throws {
        let counter = try await CheckoutCounter.open()
        let request = CheckoutCounter.request()
        counter.stripe.isAway = true
        guard case .paymentUnavailable = try await refusal(counter, request) else { throw Unexpected() }
        counter.stripe.isAway = false
        let placement = try await counter.place()(request)
        #expect(placement.checkoutURL != nil)
        #expect(try orderCount(counter) == 1)
    }

    @Test func `a payment that Stripe refuses gives back what was reserved`() async throws {
        let counter = try await CheckoutCounter.open()
        counter.stripe.refusesSessions = true
        let request = CheckoutCounter.request([CheckoutCounter.line(CafeFixture.soup, 3)])
        guard case .paymentRefused = try await refusal(counter, request) else { throw Unexpected() }
        #expect(
            try counter.database.first("SELECT stock_count FROM menu_items WHERE id = 'soup'")?.int("stock_count") == 3)
        #expect(try counter.database.first("SELECT status FROM orders")?.text("status") == "expired")
    }
}
