import MuseTestSupport
import Testing

@testable import MuseShared

struct OrderQueueTests {
    @Test func `a place is the number of orders that the kitchen makes before it`() async throws {
        let counter = try await CheckoutCounter.open()
        var ids: [String] = []
        for _ in 1...3 {
            ids.append(try await counter.plainOrder().order.id)
            counter.cafe.clock.advance(seconds: 10)
        }
        let waiting = try await counter.fullOrder(isPaid: false).order.id
        let cache = OrderQueueCache(database: counter.database)
        func ahead() throws -> [Int?] { try ids.map { try cache.current().place(of: $0)?.ahead } }
        #expect(try ahead() == [0, 1, 2])
        #expect(try cache.current().place(of: waiting) == nil)
        _ = try await counter.move(ids[0], to: .ready)
        #expect(try ahead() == [nil, 0, 1])
        _ = try await MoveOrder(database: counter.database)(
            .init(orderID: ids[0], to: .completed, staffID: CafeFixture.barista))
        #expect(try cache.current().place(of: ids[0]) == nil)
    }

    @Test func `what is wanted for tonight stands behind what is wanted now`() async throws {
        let counter = try await CheckoutCounter.open()
        let tonight = try await counter.plainOrder().order.id
        let now = try await counter.plainOrder().order.id
        try await counter.database.write {
            _ = try $0.execute("UPDATE orders SET promised_at_ms = promised_at_ms + 21600000 WHERE id = \(tonight)")
            try CacheVersionRepository.bump(.orders, in: $0)
        }
        let queue = try OrderQueueCache(database: counter.database).current()
        #expect(queue.place(of: now)?.ahead == 0)
        #expect(queue.place(of: tonight)?.ahead == 1)
    }
}
