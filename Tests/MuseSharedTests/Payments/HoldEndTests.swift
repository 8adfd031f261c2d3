import Logging
import MuseTestSupport
import Testing

@testable import MuseShared

/// Hold ends → session expired at Stripe → released. The process dies between each two of them; afterwards whatever was
/// held is back exactly once, and it was never given away while somebody could still pay.
struct HoldEndTests {
    /// Where the process dies: the call did its work, and nobody hears of it.
    enum Death: CaseIterable {
        case beforeExpire, afterExpire, afterRetrieve
    }

    struct Died: Error {}

    private func stripe(_ double: StripeDouble, dying death: Death) -> StripeClient {
        var client = double.client
        let (expire, retrieve) = (client.expireSession, client.retrieveSession)
        client.expireSession = { id, key in
            if death == .beforeExpire { throw Died() }
            let ended = try await expire(id, key)
            if death == .afterExpire { throw Died() }
            return ended
        }
        client.retrieveSession = { id in
            let session = try await retrieve(id)
            if death == .afterRetrieve { throw Died() }
            return session
        }
        return client
    }

    private func order(_ counter: CheckoutCounter) async throws -> (order: Order, session: String, at: Timestamp) {
        let at = try #require(try counter.schedule.times(KitchenWork(seconds: ["bar": 60])).firstSlot)
        let order = try await counter.place()(
            CheckoutCounter.request(at: at, [CheckoutCounter.line(CafeFixture.soup, 2)])
        ).order
        let session = try CheckoutRepository(database: counter.database).session(ofOrder: order.id)?.stripeID
        return (order, try #require(session), at)
    }

    private func soupLeft(_ counter: CheckoutCounter) throws -> Int64? {
        try counter.database.first("SELECT stock_count AS n FROM menu_items WHERE id = 'soup'")?.int("n")
    }

    private func isPayable(_ counter: CheckoutCounter, _ session: String) -> Bool {
        counter.stripe.sessions.contains { $0.id == session && $0.status == "open" }
    }

    @Test(arguments: Death.allCases)
    func `what is held comes back once, and never while it can be paid`(_ death: Death) async throws {
        let counter = try await CheckoutCounter.withSlots()
        let (order, session, at) = try await order(counter)
        #expect(try soupLeft(counter) == 1)
        #expect(try counter.claimed(at: at) == 120)
        counter.cafe.clock.advance(seconds: 901)
        if death == .afterRetrieve {
            // Only a session that was not open any more is asked for: it expired at Stripe by itself.
            _ = try await counter.stripe.client.expireSession(session, "elsewhere")
        }
        let dying = ExpireHolds(
            database: counter.database, stripe: stripe(counter.stripe, dying: death), open: counter.openCheckout,
            logger: Logger(label: "test"))
        await #expect(throws: Died.self) { try await dying() }
        // Dead before the last step: still held, payable or not.
        #expect(try soupLeft(counter) == 1)
        #expect(try counter.claimed(at: at) == 120)
        #expect(try counter.orders.order(order.id)?.status == .awaitingPayment)
        #expect(isPayable(counter, session) == (death == .beforeExpire))
        // The next life goes on where it was, as often as it likes.
        #expect(try await counter.expireHolds() == 1)
        #expect(try await counter.expireHolds() == 0)
        #expect(!isPayable(counter, session))
        #expect(try soupLeft(counter) == 3)
        #expect(try counter.claimed(at: at) == 0)
        #expect(try counter.orders.order(order.id)?.status == .expired)
    }

    @Test func `paid late, it is reserved again`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        let (order, session, at) = try await order(counter)
        counter.cafe.clock.advance(seconds: 60)
        try await expireHere(counter, order.id)
        #expect(try counter.claimed(at: at) == 0)
        try await payLate(counter, session)
        #expect(try counter.orders.order(order.id)?.status == .paid)
        #expect(try counter.claimed(at: at) == 120)
        #expect(try soupLeft(counter) == 1)
        #expect(try counter.orders.order(order.id)?.promisedAt == at)
    }

    @Test func `paid late when the time has filled up, it goes back and holds nothing`() async throws {
        let counter = try await CheckoutCounter.withSlots(room: 120)
        let (order, session, at) = try await order(counter)
        try await expireHere(counter, order.id)
        for _ in 0..<2 { _ = try await counter.place()(CheckoutCounter.request(at: at)) }
        try await payLate(counter, session)
        #expect(try counter.orders.order(order.id)?.status == .cancelled)
        #expect(try counter.claimed(at: at) == 120)
        // The soup that was taken again for a moment is back.
        #expect(try soupLeft(counter) == 3)
        let refund = try counter.database.first("SELECT amount_minor FROM refunds WHERE order_id = \(order.id)")
        #expect(try refund?.int("amount_minor") == order.totals.totalMinor)
    }

    /// As if the release had been right and the payment had still come through: Stripe's word, an instant too late.
    private func expireHere(_ counter: CheckoutCounter, _ orderID: String) async throws {
        try await counter.database.write { try SettlementRepository(ids: .live).expireOrder(orderID, in: $0) }
    }

    private func payLate(_ counter: CheckoutCounter, _ session: String) async throws {
        counter.stripe.pay(session)
        let fresh = try await counter.stripe.client.retrieveSession(session)
        _ = try await counter.settle.apply(fresh)
    }
}
