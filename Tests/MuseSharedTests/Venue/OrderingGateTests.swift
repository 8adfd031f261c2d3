import MuseTestSupport
import Testing

@testable import MuseShared

struct OrderingGateTests {
    private func place(_ counter: CheckoutCounter, at time: Timestamp? = nil) async throws -> ScheduleOrder.Refusal? {
        do throws(PlaceOrder.Refusal) {
            _ = try await counter.place()(CheckoutCounter.request(at: time))
            return nil
        } catch {
            guard case .notThen(let refusal) = error else { throw error }
            return refusal
        }
    }

    @Test func `at night nothing can be had at once, but the first time of the morning can`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        counter.cafe.clock.advance(seconds: 12 * 3600)
        let opens = counter.cafe.clock.now.adding(seconds: (7 * 60 + 30) * 60)
        // The first time after opening that leaves twelve minutes for the work.
        let first = opens.adding(seconds: 900)
        #expect(try await place(counter) == .closed(opens: opens, firstSlot: first))
        #expect(try await place(counter, at: first) == nil)
    }

    @Test func `what would be ready after closing is refused`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        counter.cafe.clock.advance(seconds: (10 * 60 + 48) * 60)
        #expect(try await place(counter) == nil)
        counter.cafe.clock.advance(seconds: 60)
        guard case .closesBefore = try await place(counter) else {
            Issue.record("an order at eleven minutes to closing was taken")
            return
        }
    }

    @Test func `a date closed by hand is closed`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        let change = ChangeOpeningHours(database: counter.database)
        try await change(.init(change: .date("2026-11-23", hours: "", note: "Staff day"), staffID: CafeFixture.barista))
        guard case .closed(let opens?, _) = try await place(counter) else {
            Issue.record("an order on a closed date was taken")
            return
        }
        #expect(opens == counter.cafe.clock.now.adding(seconds: (19 * 60 + 30) * 60))
        try await change(.init(change: .removal(ofDate: "2026-11-23"), staffID: CafeFixture.barista))
        #expect(try await place(counter) == nil)
    }

    @Test func `a venue without hours is closed, now and for later`() async throws {
        let counter = try await CheckoutCounter.open()
        #expect(try await place(counter) == nil)
        try await counter.database.write { transaction in
            try transaction.execute("DELETE FROM opening_hours")
            try CacheVersionRepository.bump(.venue, in: transaction)
        }
        #expect(try await place(counter) == .closed(opens: nil, firstSlot: nil))
        let tomorrow = counter.cafe.clock.now.adding(seconds: 86_400)
        #expect(try await place(counter, at: tomorrow) == .noSuchTime(firstSlot: nil))
    }

    @Test func `a pause stops everything and ends by itself`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        let at = try #require(try counter.schedule.times(KitchenWork(seconds: ["bar": 60])).firstSlot)
        let pause = PauseOrdering(database: counter.database)
        _ = try await pause(.init(wish: .minutes(15), staffID: CafeFixture.barista))
        let until = counter.cafe.clock.now.adding(seconds: 900)
        #expect(try await place(counter) == .paused(until: until))
        #expect(try await place(counter, at: at) == .paused(until: until))
        counter.cafe.clock.advance(seconds: 899)
        #expect(try await place(counter) == .paused(until: until))
        counter.cafe.clock.advance(seconds: 1)
        #expect(try await place(counter) == nil)
        let action = try counter.database.first(
            "SELECT COUNT(*) AS n FROM action_log WHERE action = 'venue.ordering_paused'")
        #expect(try action?.int("n") == 1)
    }

    @Test func `a pause without an end lasts until somebody ends it`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        let pause = PauseOrdering(database: counter.database)
        _ = try await pause(.init(wish: .untilResumed, staffID: CafeFixture.barista))
        counter.cafe.clock.advance(seconds: 3 * 3600)
        #expect(try await place(counter) == .paused(until: nil))
        _ = try await pause(.init(wish: .resume, staffID: CafeFixture.barista))
        #expect(try await place(counter) == nil)
    }

    /// The write compares the venue's version, so a pause that is committed in between is seen.
    @Test func `a pause between the check and the write stops the order`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        let pause = PauseOrdering(database: counter.database)
        let place = PlaceOrder(
            database: counter.database,
            menu: {
                let done = try? counter.database.first("SELECT paused_at_ms FROM venue")?.optionalTime("paused_at_ms")
                if done == nil { Task { _ = try await pause(.init(wish: .untilResumed, staffID: "barista")) } }
                return try MenuRepository(database: counter.database).published()
            }, open: counter.openCheckout, settings: .init(holdSeconds: 900, links: counter.links))
        var placed = 0
        for _ in 0..<50 {
            do throws(PlaceOrder.Refusal) {
                _ = try await place(CheckoutCounter.request(at: nil))
                placed += 1
            } catch {
                guard case .notThen(.paused) = error else { throw error }
                break
            }
        }
        let since = try #require(
            try counter.database.first("SELECT paused_at_ms FROM venue")?.optionalTime("paused_at_ms"))
        let after = try counter.database.first("SELECT COUNT(*) AS n FROM orders WHERE placed_at_ms > \(since)")
        #expect(placed < 50)
        #expect(try after?.int("n") == 0)
    }
}
