import MuseTestSupport
import Testing

@testable import MuseShared

struct MarkDoneTests {
    /// A paid order of two flat whites from the bar and a croissant from the oven.
    private func paid() async throws -> (counter: CheckoutCounter, id: String) {
        let counter = try await CheckoutCounter.open()
        let id = try await counter.fullOrder().order.id
        try await counter.putToStations()
        return (counter, id)
    }

    private func line(_ item: String, of id: String, _ counter: CheckoutCounter) throws -> OrderLine {
        try #require(try counter.orders.detail(id)?.lines.first { $0.subjectID == item })
    }

    @discardableResult
    private func mark(
        _ item: String, _ done: Int64, seen: Int64? = nil, tap: String? = nil, of id: String, _ counter: CheckoutCounter
    ) async throws -> OrderStatus {
        let line = try line(item, of: id, counter)
        return try await MarkDone(database: counter.database)(
            .init(
                orderID: id, work: .line(id: line.id, done: done, seen: seen), staffID: CafeFixture.barista, tap: tap))
    }

    @Test func `the first thing done begins an order, the last makes it ready, and the timeline tells all of it`()
        async throws
    {
        let (counter, id) = try await paid()
        #expect(try await mark(CafeFixture.flatWhite, 1, of: id, counter) == .preparing)
        #expect(try await mark(CafeFixture.flatWhite, 2, of: id, counter) == .preparing)
        #expect(try await mark(CafeFixture.croissant, 1, of: id, counter) == .ready)
        let events = try #require(try counter.orders.detail(id)).events
        #expect(
            events.map(\.kind) == ["placed", "paid", "lineDone", "preparing", "lineDone", "lineDone", "ready"])
        #expect(events[2].detail == ["line": "Flat white", "done": "1", "of": "2", "was": "0"])
        #expect(events.dropFirst(2).allSatisfy { $0.staffName == "Bea" })
    }

    @Test func `an order of one line passes both states and skips none`() async throws {
        let counter = try await CheckoutCounter.open()
        let id = try await counter.plainOrder().order.id
        #expect(try await mark(CafeFixture.flatWhite, 1, of: id, counter) == .ready)
        #expect(
            try #require(try counter.orders.detail(id)).events.map(\.kind)
                == ["placed", "paid", "lineDone", "preparing", "ready"])
    }

    @Test func `a line opened again brings a ready order back to the kitchen`() async throws {
        let (counter, id) = try await paid()
        try await mark(CafeFixture.flatWhite, 2, of: id, counter)
        try await mark(CafeFixture.croissant, 1, of: id, counter)
        #expect(try await mark(CafeFixture.croissant, 0, of: id, counter) == .preparing)
        #expect(try line(CafeFixture.flatWhite, of: id, counter).doneQuantity == 2)
    }

    @Test func `a station is done with its own lines only`() async throws {
        let (counter, id) = try await paid()
        let mark = MarkDone(database: counter.database)
        let bar = MarkDone.Request(
            orderID: id, work: .station("bar", isDone: true), staffID: CafeFixture.barista, tap: nil)
        #expect(try await mark(bar) == .preparing)
        #expect(try line(CafeFixture.croissant, of: id, counter).doneQuantity == 0)
        let oven = MarkDone.Request(
            orderID: id, work: .station("oven", isDone: true), staffID: CafeFixture.barista, tap: nil)
        #expect(try await mark(oven) == .ready)
    }

    @Test func `a tap that comes again counts once, also after somebody took it back`() async throws {
        let (counter, id) = try await paid()
        try await mark(CafeFixture.flatWhite, 1, seen: 0, tap: "t1", of: id, counter)
        try await mark(CafeFixture.flatWhite, 0, seen: 1, tap: "t2", of: id, counter)
        try await mark(CafeFixture.flatWhite, 1, seen: 0, tap: "t1", of: id, counter)
        #expect(try line(CafeFixture.flatWhite, of: id, counter).doneQuantity == 0)
    }

    @Test func `two screens that do the same do it once`() async throws {
        let (counter, id) = try await paid()
        try await mark(CafeFixture.flatWhite, 1, seen: 0, tap: "a", of: id, counter)
        try await mark(CafeFixture.flatWhite, 1, seen: 0, tap: "b", of: id, counter)
        let events = try #require(try counter.orders.detail(id)).events
        #expect(events.filter { $0.kind == "lineDone" }.count == 1)
    }

    @Test func `a tap on what another screen has changed is refused with what is done now`() async throws {
        let (counter, id) = try await paid()
        try await mark(CafeFixture.flatWhite, 1, of: id, counter)
        do {
            try await mark(CafeFixture.flatWhite, 2, seen: 0, of: id, counter)
            Issue.record("marked")
        } catch MarkDone.Refusal.doneMeanwhile(let done, let name) {
            #expect(done == 1 && name == "Flat white")
        }
    }

    @Test(arguments: [-1, 3]) func `more than was ordered, or less than nothing, is refused`(done: Int64) async throws {
        let (counter, id) = try await paid()
        await #expect(throws: MarkDone.Refusal.self) {
            try await mark(CafeFixture.flatWhite, done, of: id, counter)
        }
        #expect(try line(CafeFixture.flatWhite, of: id, counter).doneQuantity == 0)
    }

    @Test func `a line of another order is refused`() async throws {
        let (counter, id) = try await paid()
        let other = try await counter.plainOrder()
        let foreign = try #require(other.lines.first)
        await #expect(throws: MarkDone.Refusal.self) {
            try await MarkDone(database: counter.database)(
                .init(
                    orderID: id, work: .line(id: foreign.id, done: 1, seen: nil), staffID: CafeFixture.barista))
        }
    }

    @Test func `what is not paid, or handed over, has no work in it`() async throws {
        let counter = try await CheckoutCounter.open()
        let waiting = try await counter.fullOrder(isPaid: false).order.id
        let gone = try await counter.plainOrder().order.id
        _ = try await counter.move(gone, to: .completed)
        for id in [waiting, gone] {
            await #expect(throws: MarkDone.Refusal.self) {
                try await mark(CafeFixture.flatWhite, 1, of: id, counter)
            }
        }
    }

    @Test func `going back to received opens what was done, and back from a ready order that was all done too`()
        async throws
    {
        let (counter, id) = try await paid()
        let move = MoveOrder(database: counter.database)
        try await mark(CafeFixture.flatWhite, 1, of: id, counter)
        _ = try await move(.init(orderID: id, to: .paid, staffID: CafeFixture.barista))
        #expect(try line(CafeFixture.flatWhite, of: id, counter).doneQuantity == 0)
        try await mark(CafeFixture.flatWhite, 2, of: id, counter)
        try await mark(CafeFixture.croissant, 1, of: id, counter)
        _ = try await move(.init(orderID: id, to: .preparing, staffID: CafeFixture.barista))
        #expect(try line(CafeFixture.flatWhite, of: id, counter).doneQuantity == 0)
    }
}
