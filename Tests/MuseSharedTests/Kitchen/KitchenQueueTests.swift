import MuseTestSupport
import Testing

@testable import MuseShared

struct KitchenQueueTests {
    private func minutes(_ counter: CheckoutCounter, _ seconds: [String: Int64]) throws -> Int64 {
        let now = counter.cafe.clock.now
        return try KitchenQueueRepository(database: counter.database).queue().minutes(
            for: KitchenWork(seconds: seconds), venue: try VenueRepository(database: counter.database).venue(), now: now
        )
    }

    @Test func `an empty kitchen promises the least time`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        #expect(try minutes(counter, ["bar": 60]) == 12)
    }

    @Test func `what waits at the station comes first, and other stations do not matter`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        for _ in 0..<2 {
            _ = try await counter.place()(
                CheckoutCounter.request(at: nil, [CheckoutCounter.line(CafeFixture.water, 10)]))
        }
        #expect(try minutes(counter, ["bar": 300]) == 25)
        #expect(try minutes(counter, ["kitchen": 300]) == 12)
    }

    @Test func `two pairs of hands halve it, and added minutes come on top`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        _ = try await counter.place()(CheckoutCounter.request(at: nil, [CheckoutCounter.line(CafeFixture.water, 40)]))
        #expect(try minutes(counter, ["bar": 60]) == 41)
        try await ChangeSlotSettings(database: counter.database)(
            .init(change: .station("bar", .init(hands: 2, slotSeconds: 1200)), staffID: CafeFixture.barista))
        #expect(try minutes(counter, ["bar": 60]) == 21)
        let delay = DelayOrders(database: counter.database)
        _ = try await delay(.init(addedMinutes: 10, staffID: CafeFixture.barista))
        _ = try await delay(.init(addedMinutes: 10, staffID: CafeFixture.barista))
        #expect(try minutes(counter, ["bar": 60]) == 41)
        counter.cafe.clock.advance(seconds: 3600)
        #expect(try minutes(counter, ["bar": 60]) == 21)
    }

    @Test func `an order that is ready or for much later is not in the way`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        let slots = try counter.schedule.times(KitchenWork(seconds: ["bar": 1200])).slots
        let late = try #require(slots.first { $0.at > counter.cafe.clock.now.adding(seconds: 7200) }?.at)
        _ = try await counter.place()(CheckoutCounter.request(at: late, [CheckoutCounter.line(CafeFixture.water, 20)]))
        let order = try await counter.place()(
            CheckoutCounter.request(at: nil, [CheckoutCounter.line(CafeFixture.water, 20)])
        ).order
        #expect(try minutes(counter, ["bar": 60]) == 21)
        _ = try await counter.move(order.id, to: .ready)
        #expect(try minutes(counter, ["bar": 60]) == 12)
    }

    @Test func `the promise is what the queue allows at payment`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        _ = try await counter.place()(CheckoutCounter.request(at: nil, [CheckoutCounter.line(CafeFixture.water, 30)]))
        let order = try await counter.place()(CheckoutCounter.request(at: nil)).order
        #expect(order.promisedAt == counter.cafe.clock.now.adding(seconds: 31 * 60))
    }

    @Test func `minutes are taken back ten at a time, and what is left ends when it would have`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        let delay = DelayOrders(database: counter.database)
        func add(_ minutes: Int64) async throws -> OrderingRules.Delay? {
            try await delay(.init(addedMinutes: minutes, staffID: CafeFixture.barista))
        }
        #expect(try await add(-10) == nil)
        _ = try await add(10)
        let twenty = try await add(10)
        counter.cafe.clock.advance(seconds: 600)
        let ten = try await add(-10)
        #expect(ten?.minutes == 10)
        #expect(ten?.until == twenty?.until)
        #expect(try await add(-10) == nil)
        #expect(try minutes(counter, ["bar": 60]) == 12)
    }

    @Test func `an hour on top is the most`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        let delay = DelayOrders(database: counter.database)
        for _ in 0..<6 { _ = try await delay(.init(addedMinutes: 10, staffID: CafeFixture.barista)) }
        await #expect(throws: DelayOrders.Refusal.self) {
            _ = try await delay(.init(addedMinutes: 10, staffID: CafeFixture.barista))
        }
        #expect(try await delay(.init(addedMinutes: 0, staffID: CafeFixture.barista)) == nil)
    }
}
