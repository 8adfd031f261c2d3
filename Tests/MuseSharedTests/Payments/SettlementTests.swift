import Foundation
import Logging
import MuseTestSupport
import Testing

@testable import MuseShared

struct SettlementTests {
    private func count(_ counter: CheckoutCounter, _ sql: SQL) throws -> Int64? {
        try counter.database.first(sql)?.int("n")
    }

    @Test func `however many bring the news an order is fulfilled once`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.place()(CheckoutCounter.request()).order
        counter.stripe.pay("cs_test_1")
        let settle = counter.settle
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { try await settle(orderID: order.id) } }
            try await group.waitForAll()
        }
        let detail = try #require(try counter.orders.detail(order.id))
        #expect(detail.order.status == .paid)
        #expect(detail.order.number == 1)
        #expect(detail.order.businessDate == "2026-11-23")
        #expect(detail.events.map(\.kind) == ["placed", "paid"])
        #expect(try count(counter, "SELECT COUNT(*) AS n FROM payments") == 1)
        #expect(try count(counter, "SELECT COUNT(*) AS n FROM emails") == 1)
    }

    @Test func `numbers count up without a gap on each business day`() async throws {
        let counter = try await CheckoutCounter.open()
        for expected in 1...3 as ClosedRange<Int64> {
            let order = try await counter.place()(CheckoutCounter.request()).order
            // Somebody who never pays takes no number.
            _ = try await counter.place()(CheckoutCounter.request())
            counter.stripe.pay("cs_test_\(expected * 2 - 1)")
            try await counter.settle(orderID: order.id)
            #expect(try counter.orders.order(order.id)?.number == expected)
        }
        // Two in the morning is still the same business day; five is the next.
        counter.cafe.clock.advance(seconds: 14 * 3600)
        let late = try await counter.place()(CheckoutCounter.request()).order
        counter.stripe.pay("cs_test_7")
        try await counter.settle(orderID: late.id)
        #expect(try counter.orders.order(late.id)?.number == 4)
        counter.cafe.clock.advance(seconds: 3 * 3600)
        let early = try await counter.place()(CheckoutCounter.request()).order
        counter.stripe.pay("cs_test_8")
        try await counter.settle(orderID: early.id)
        #expect(try counter.orders.order(early.id)?.number == 1)
    }

    @Test func `an unpaid completion changes nothing until the money is there`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.place()(CheckoutCounter.request()).order
        counter.stripe.completeUnpaid("cs_test_1")
        try await counter.settle(orderID: order.id)
        #expect(try counter.orders.order(order.id)?.status == .awaitingPayment)
        counter.stripe.pay("cs_test_1")
        try await counter.settle(orderID: order.id)
        #expect(try counter.orders.order(order.id)?.status == .paid)
    }

    @Test func `a hold ends at Stripe first and then gives back its stock`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.place()(CheckoutCounter.request([CheckoutCounter.line(CafeFixture.soup, 3)]))
            .order
        #expect(try await counter.expireHolds() == 0)
        counter.cafe.clock.advance(seconds: 901)
        #expect(try await counter.expireHolds() == 1)
        #expect(counter.stripe.sessions.first?.status == "expired")
        #expect(try counter.orders.order(order.id)?.status == .expired)
        #expect(try count(counter, "SELECT stock_count AS n FROM menu_items WHERE id = 'soup'") == 3)
    }

    @Test func `a hold whose guest paid in the last second is fulfilled and not released`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.place()(CheckoutCounter.request([CheckoutCounter.line(CafeFixture.soup, 3)]))
            .order
        counter.cafe.clock.advance(seconds: 901)
        counter.stripe.pay("cs_test_1")
        try await counter.expireHolds()
        #expect(try counter.orders.order(order.id)?.status == .paid)
        #expect(try count(counter, "SELECT stock_count AS n FROM menu_items WHERE id = 'soup'") == 0)
    }

    @Test func `while Stripe is away nothing is given back`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.place()(CheckoutCounter.request([CheckoutCounter.line(CafeFixture.soup, 3)]))
            .order
        counter.cafe.clock.advance(seconds: 901)
        counter.stripe.isAway = true
        #expect(try await counter.expireHolds() == 0)
        #expect(try counter.orders.order(order.id)?.status == .awaitingPayment)
        #expect(try count(counter, "SELECT stock_count AS n FROM menu_items WHERE id = 'soup'") == 0)
    }

    @Test func `a hold whose session we never learnt of is looked up and ended`() async throws {
        let counter = try await CheckoutCounter.open()
        counter.stripe.isAway = true
        _ = try? await counter.place()(CheckoutCounter.request([CheckoutCounter.line(CafeFixture.soup, 3)]))
        counter.stripe.isAway = false
        counter.cafe.clock.advance(seconds: 901)
        #expect(try await counter.expireHolds() == 1)
        #expect(counter.stripe.sessions.map(\.status) == ["expired"])
        #expect(try count(counter, "SELECT stock_count AS n FROM menu_items WHERE id = 'soup'") == 3)
    }

    /// Ends the hold in our books although Stripe took the money, as when both happen in the same moment.
    private func lateOrder(_ counter: CheckoutCounter) async throws -> Order {
        let order = try await counter.place()(CheckoutCounter.request([CheckoutCounter.line(CafeFixture.soup, 3)]))
            .order
        try await counter.database.write {
            try SettlementRepository(ids: .live).expireOrder(order.id, in: $0)
        }
        return order
    }

    @Test func `paid too late is served if everything is still there`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await lateOrder(counter)
        counter.stripe.pay("cs_test_1")
        try await counter.settle(orderID: order.id)
        #expect(try counter.orders.order(order.id)?.status == .paid)
        #expect(try count(counter, "SELECT stock_count AS n FROM menu_items WHERE id = 'soup'") == 0)
    }

    @Test func `paid too late is refunded once if what it held is gone`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await lateOrder(counter)
        _ = try await counter.place()(CheckoutCounter.request([CheckoutCounter.line(CafeFixture.soup, 1)]))
        counter.stripe.pay("cs_test_1")
        try await counter.settle(orderID: order.id)
        try await counter.settle(orderID: order.id)
        let issue = IssueRefunds(database: counter.database, stripe: counter.stripe.client, logger: Logger(label: "t"))
        #expect(try await issue() == 1)
        #expect(try await issue() == 0)
        #expect(counter.stripe.refunds.map(\.amount) == [order.totals.totalMinor])
        #expect(try counter.orders.order(order.id)?.status == .cancelled)
        #expect(try count(counter, "SELECT SUM(amount_minor) AS n FROM payments") == 0)
        #expect(try count(counter, "SELECT stock_count AS n FROM menu_items WHERE id = 'soup'") == 2)
    }

    @Test func `paid too late, the guest is told what is gone and what is like it`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await lateOrder(counter)
        _ = try await counter.place()(CheckoutCounter.request([CheckoutCounter.line(CafeFixture.soup, 1)]))
        counter.stripe.pay("cs_test_1")
        try await counter.settle(orderID: order.id)
        let row = try counter.database.first("SELECT data FROM emails WHERE template = 'payment-returned'")
        // The cake is sold out, so it is no help.
        #expect(
            try row?.text("data").contains("Tomato soup is gone. Like it: Croissant and Tap water.") == true)
        let find = FindAlternatives(database: counter.database)
        let detail = try #require(try counter.orders.detail(order.id))
        let alternatives = try #require(try find(detail))
        #expect(alternatives.gone.map(\.name) == ["Tomato soup"])
        #expect(alternatives.gone.first?.similar.map(\.id) == [CafeFixture.croissant, CafeFixture.water])
        #expect(alternatives.nextTime == nil && !alternatives.isTimeGone)
    }

    @Test func `paid too late for a time that filled up, the next free one is named`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        let slots = try counter.schedule.times(KitchenWork(seconds: ["bar": 60])).slots
        let wanted = try #require(slots.first { !$0.isFull }?.at)
        let order = try await counter.place()(
            CheckoutCounter.request(at: wanted, [CheckoutCounter.line(CafeFixture.soup, 1)])
        ).order
        try await counter.database.write {
            try SettlementRepository(ids: .live).expireOrder(order.id, in: $0)
            try $0.execute("UPDATE slot_loads SET claimed_seconds = capacity_seconds WHERE starts_at_ms = \(wanted)")
        }
        counter.stripe.pay("cs_test_1")
        try await counter.settle(orderID: order.id)
        #expect(try counter.orders.order(order.id)?.status == .cancelled)
        let find = FindAlternatives(database: counter.database)
        let detail = try #require(try counter.orders.detail(order.id))
        let alternatives = try #require(try find(detail))
        #expect(alternatives.gone.isEmpty && alternatives.isTimeGone)
        #expect(try #require(alternatives.nextTime) > wanted)
    }

    @Test func `a cancelled order gives its money and its stock back`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.place()(CheckoutCounter.request([CheckoutCounter.line(CafeFixture.soup, 3)]))
            .order
        counter.stripe.pay("cs_test_1")
        try await counter.settle(orderID: order.id)
        let move = MoveOrder(database: counter.database)
        _ = try await move(.init(orderID: order.id, to: .cancelled, staffID: CafeFixture.barista))
        _ = try await move(.init(orderID: order.id, to: .cancelled, staffID: CafeFixture.barista))
        let issue = IssueRefunds(database: counter.database, stripe: counter.stripe.client, logger: Logger(label: "t"))
        #expect(try await issue() == 1)
        #expect(try count(counter, "SELECT SUM(amount_minor) AS n FROM payments") == 0)
        #expect(try count(counter, "SELECT stock_count AS n FROM menu_items WHERE id = 'soup'") == 3)
    }

    @Test func `a row of the ledger can't be changed or removed`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.place()(CheckoutCounter.request()).order
        counter.stripe.pay("cs_test_1")
        try await counter.settle(orderID: order.id)
        await #expect(throws: DatabaseFailure.self) {
            try await counter.database.write { try $0.execute("UPDATE payments SET amount_minor = 1") }
        }
        await #expect(throws: DatabaseFailure.self) {
            try await counter.database.write { try $0.execute("DELETE FROM payments") }
        }
    }
}
