import MuseTestSupport
import Testing

@testable import MuseShared

/// Uses are taken by the order that is placed, and come back when it is not paid.
struct PromoUseTests {
    /// A café with the code TEN: 10 % off, by default once in all.
    static func open(_ change: (inout PromoCode.Terms) -> Void = { $0.maxUses = 1 }) async throws -> CheckoutCounter {
        let counter = try await CheckoutCounter.open()
        var terms = PromoCode.Terms(code: "TEN", reduction: .percent(millionths: 100_000))
        change(&terms)
        let wanted = terms
        try await counter.database.write { try PromoCodeRepository.insert(wanted, id: "ten", in: $0) }
        return counter
    }

    private static func request(
        _ code: String = "TEN", email: String = "ada@example.com", key: String = IDSource.live.next()
    ) -> PlaceOrder.Request {
        var request = CheckoutCounter.request(key: key)
        request = PlaceOrder.Request(order: with(request.order, code, email), idempotencyKey: key)
        return request
    }

    private static func with(_ order: OrderRequest, _ code: String, _ email: String) -> OrderRequest {
        var order = order
        order.promoCode = code
        order.contact = .init(name: "Ada Lovelace", email: email)
        return order
    }

    private func uses(_ counter: CheckoutCounter) throws -> Int64? {
        try PromoCodeRepository(database: counter.database).promo("ten")?.useCount
    }

    private func refusal(_ counter: CheckoutCounter, _ request: PlaceOrder.Request) async throws -> PromoRefusal? {
        do throws(PlaceOrder.Refusal) {
            _ = try await counter.place()(request)
            return nil
        } catch {
            guard case .promoRefused(let why, _, _) = error else { throw error }
            return why
        }
    }

    @Test func `an order with a code is charged less and says why`() async throws {
        let counter = try await Self.open()
        let order = try await counter.place()(Self.request(" ten ")).order
        #expect(order.totals.totalMinor == 463)
        #expect(order.derivation.discounts.map(\.name) == ["TEN"])
        #expect(try uses(counter) == 1)
        let table = TotalsTable(order.derivation, detail: .sums)
        #expect(table.rows.contains { $0.label == "Code TEN" && $0.isMinus && $0.explanation == "10 % of $4.80" })
    }

    @Test func `a code that does nothing refuses the order, and reserves nothing`() async throws {
        let counter = try await Self.open()
        #expect(try await refusal(counter, Self.request("NOPE")) == .unknown)
        #expect(try counter.database.first("SELECT id FROM orders") == nil)
    }

    @Test func `the last use goes to one, and the other is told`() async throws {
        let counter = try await Self.open()
        _ = try await counter.place()(Self.request())
        #expect(try await refusal(counter, Self.request(email: "bob@example.com")) == .usedUp)
    }

    @Test func `the same person is refused under another spelling`() async throws {
        let counter = try await Self.open { $0.maxUsesPerPerson = 1 }
        _ = try await counter.place()(Self.request())
        #expect(try await refusal(counter, Self.request(email: "ADA+2@example.com")) == .usedByYou(times: 1))
        #expect(try await refusal(counter, Self.request(email: "bob@example.com")) == nil)
    }

    @Test func `the same request again is the same order and no second use`() async throws {
        let counter = try await Self.open()
        let request = Self.request(key: "k")
        let first = try await counter.place()(request).order.id
        #expect(try await counter.place()(request).order.id == first)
        #expect(try uses(counter) == 1)
    }

    @Test func `an order that costs nothing is paid without Stripe`() async throws {
        let counter = try await Self.open { $0.reduction = .fixed(minor: 10_000) }
        let placement = try await counter.place()(Self.request())
        #expect(placement.checkoutURL == nil)
        #expect(placement.order.status == .paid)
        #expect(placement.order.totals.totalMinor == 0)
    }

    @Test func `a hold that ends gives the use back, once`() async throws {
        let counter = try await Self.open()
        let id = try await counter.place()(Self.request()).order.id
        for _ in 0..<2 {
            try await counter.database.write { try SettlementRepository(ids: .live).expireOrder(id, in: $0) }
            #expect(try uses(counter) == 0)
        }
        #expect(try await refusal(counter, Self.request(email: "bob@example.com")) == nil)
    }

    @Test func `a late payment takes the use again, unless somebody else has it`() async throws {
        for isTaken in [false, true] {
            let counter = try await Self.open()
            let id = try await counter.place()(Self.request()).order.id
            try await counter.database.write { try SettlementRepository(ids: .live).expireOrder(id, in: $0) }
            if isTaken { _ = try await counter.place()(Self.request(email: "bob@example.com")) }
            let isBack = try await counter.database.write { try PromoUseRepository.reclaim(orderID: id, in: $0) }
            #expect(isBack == !isTaken)
            #expect(try uses(counter) == 1)
        }
    }

    @Test func `a code that staff change meanwhile is priced again`() async throws {
        let counter = try await Self.open()
        let candidate = try PromoCodeRepository(database: counter.database).candidate("TEN", email: nil)
        let promo = try #require(candidate.promo)
        try await counter.database.write { try PromoCodeRepository.update(promo.terms, id: "ten", in: $0) }
        await #expect(throws: PromoUseRepository.Moved.self) {
            try await counter.database.write { transaction in
                try PromoUseRepository.claim(
                    .init(promo: promo, orderID: "o", person: PromoPerson(email: "a@b.c"), discountMinor: 1),
                    in: transaction)
            }
        }
        #expect(try uses(counter) == 0)
    }
}
