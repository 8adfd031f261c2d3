import MuseTestSupport
import Testing

@testable import MuseShared

struct AllDayCountTests {
    @Test func `what is left of every open order is counted by item and option, the most wanted first`() async throws {
        let counter = try await CheckoutCounter.open()
        let first = try await counter.fullOrder()
        _ = try await counter.fullOrder()
        _ = try await counter.plainOrder()
        _ = try await counter.fullOrder(isPaid: false)
        _ = try await counter.move(try await counter.plainOrder().order.id, to: .ready)
        try await counter.putToStations()
        let line = try #require(first.lines.first)
        _ = try await MarkDone(database: counter.database)(
            .init(orderID: first.order.id, work: .line(id: line.id, done: 1, seen: 0), staffID: CafeFixture.barista))
        let open = try BoardRepository(database: counter.database).open()
        let counts = AllDayCount.counts(of: open, station: nil)
        #expect(counts.map(\.name) == ["Flat white", "Croissant"])
        #expect(counts.map(\.count) == [4, 2])
        #expect(counts[0].choices == [.init(name: "Oat milk", count: 4), .init(name: "Extra shot", count: 3)])
        #expect(AllDayCount.counts(of: open, station: "oven").map(\.name) == ["Croissant"])
        #expect(AllDayCount.counts(of: open, station: "kitchen").isEmpty)
    }
}
