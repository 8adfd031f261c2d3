import MuseTestSupport
import Testing

@testable import MuseShared

/// By the clock of a café whose bar has one pair of hands and whose least time is twelve minutes.
struct EstimateQueueTests {
    /// Orders of so many minutes at the bar, each ten seconds after the one before.
    private func cafe(_ minutes: [Int64]) async throws -> (CheckoutCounter, OrderQueueCache, [String]) {
        let counter = try await CheckoutCounter.withSlots()
        var ids: [String] = []
        for count in minutes {
            let lines = [CheckoutCounter.line(CafeFixture.water, count)]
            ids.append(try await counter.place()(CheckoutCounter.request(at: nil, lines)).order.id)
        }
        return (counter, OrderQueueCache(database: counter.database), ids)
    }

    private func told(_ cache: OrderQueueCache, _ ids: [String]) throws -> [Int64?] {
        let queue = try cache.current()
        return ids.map { queue.place(of: $0)?.minutes }
    }

    @Test func `each waits for the work before it and its own`() async throws {
        let (counter, cache, ids) = try await cafe([20, 20, 5])
        #expect(try told(cache, ids) == [20, 40, 45])
        // What the kitchen tells a new order is the whole of it.
        #expect(try cache.current().kitchen == KitchenQueueRepository(database: counter.database).queue())
    }

    @Test func `what is done brings those behind it forward at once`() async throws {
        let (counter, cache, ids) = try await cafe([20, 20])
        #expect(try told(cache, ids) == [20, 40])
        _ = try await counter.move(ids[0], to: .ready)
        #expect(try told(cache, ids) == [nil, 20])
    }

    @Test func `minutes pass while an order is being made, and not while nobody begins`() async throws {
        let (counter, cache, ids) = try await cafe([20, 20])
        counter.cafe.clock.advance(seconds: 600)
        #expect(try told(cache, ids) == [20, 40])
        _ = try await counter.move(ids[0], to: .preparing)
        counter.cafe.clock.advance(seconds: 600)
        #expect(try told(cache, ids) == [10, 30])
        counter.cafe.clock.advance(seconds: 3600)
        #expect(try told(cache, ids) == [1, 20])
    }

    @Test func `nothing is told sooner than the least time or the time that was chosen`() async throws {
        let (counter, cache, ids) = try await cafe([1])
        #expect(try told(cache, ids) == [15])
        counter.cafe.clock.advance(seconds: 300)
        #expect(try told(cache, ids) == [7])
        let slots = try counter.schedule.times(KitchenWork(seconds: ["bar": 60])).slots
        let chosen = try #require(slots.first { $0.at > counter.cafe.clock.now.adding(seconds: 1800) }?.at)
        let later = try await counter.place()(CheckoutCounter.request(at: chosen)).order.id
        let minutes = (chosen.milliseconds - counter.cafe.clock.now.milliseconds) / 60_000
        #expect(try told(cache, [later]) == [AboutMinutes.about(minutes)])
    }

    @Test func `added minutes count until the order is begun`() async throws {
        let (counter, cache, ids) = try await cafe([20])
        _ = try await DelayOrders(database: counter.database)(
            .init(addedMinutes: 10, staffID: CafeFixture.barista))
        #expect(try told(cache, ids) == [30])
        _ = try await counter.move(ids[0], to: .preparing)
        #expect(try told(cache, ids) == [20])
    }

    @Test(arguments: [
        (Int64(360), Int64?.none, Int64(6)), (360, 5, 5), (361, 5, 7), (301, 6, 6), (300, 6, 5), (599, 15, 10),
        (960, 15, 15), (961, 15, 20), (0, nil, 1), (-50, 3, 1),
    ]) func `a little more is no news, less always is`(seconds: Int64, before: Int64?, told: Int64) {
        #expect(EstimateQueue.told(seconds, before: before) == told)
    }

    @Test func `work that moves by seconds never makes the minutes go up and down`() {
        var shown: [Int64] = []
        var before: Int64?
        for step in 0..<240 {
            let jitter = Int64(step.isMultiple(of: 2) ? 25 : -25)
            let told = EstimateQueue.told(900 - Int64(step) * 3 + jitter, before: before)
            if told != before { shown.append(told) }
            before = told
        }
        #expect(shown == shown.sorted(by: >))
    }

    @Test func `a thousand that nobody fetched and a thousand to make are all counted`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        let made = try await counter.place()(
            CheckoutCounter.request(at: nil, [CheckoutCounter.line(CafeFixture.water, 20)])
        ).order.id
        try await counter.database.write { transaction in
            for status in ["ready", "paid"] { try Self.copy(made, status: status, in: transaction) }
            try CacheVersionRepository.bump(.orders, in: transaction)
        }
        let queue = try KitchenQueueRepository(database: counter.database).queue()
        #expect(queue.waiting.seconds == ["bar": 1001 * 1200])
        #expect(try OrderQueueCache(database: counter.database).current().kitchen == queue)
    }

    private static func copy(_ id: String, status: String, in transaction: Transaction) throws {
        try transaction.execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
            INSERT INTO orders (id, status, fulfilment, contact_name, contact_email, search_name, currency,
              subtotal_minor, discount_minor, tax_minor, tip_minor, total_minor, derivation, menu_version, token_hash,
              placed_at_ms, paid_at_ms, promised_at_ms, changed_at_ms)
            SELECT \(status) || i, \(status), fulfilment, contact_name, contact_email, search_name, currency,
              subtotal_minor, discount_minor, tax_minor, tip_minor, total_minor, derivation, menu_version, token_hash,
              placed_at_ms, paid_at_ms, promised_at_ms, changed_at_ms
            FROM orders, n WHERE id = \(id)
            """)
        try transaction.execute(
            """
            INSERT INTO order_lines (id, order_id, position, kind, subject_id, name, quantity, unit_price_minor,
              gross_minor, prep_seconds, station)
            SELECT o.id, o.id, 0, l.kind, l.subject_id, l.name, l.quantity, l.unit_price_minor, l.gross_minor,
              l.prep_seconds, l.station
            FROM order_lines l, orders o WHERE l.order_id = \(id) AND o.id <> \(id) AND o.status = \(status)
            """)
    }
}
