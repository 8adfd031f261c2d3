import MuseTestSupport
import Testing

@testable import MuseShared

struct StockHistoryTests {
    private func count(_ cafe: TemporaryDatabase) throws -> Int64? {
        try cafe.database.first("SELECT stock_count FROM menu_items WHERE id = 'soup'")?.optionalInt("stock_count")
    }

    private func change(_ cafe: TemporaryDatabase, _ change: ChangeStock.Change) async throws {
        try await ChangeStock(database: cafe.database)(
            ChangeStock.Request(itemID: CafeFixture.soup, change: change, staffID: CafeFixture.barista))
    }

    @Test func `an order's portions are written down, and given back when nobody pays`() async throws {
        let counter = try await CheckoutCounter.open()
        let lines = [CheckoutCounter.line(CafeFixture.soup), CheckoutCounter.line(CafeFixture.soup)]
        let order = try await counter.place()(CheckoutCounter.request(lines)).order
        try await counter.database.write { try StockRepository.release(orderID: order.id, in: $0) }
        let history = try StockHistoryRepository(database: counter.database).latest(10, of: CafeFixture.soup)
        #expect(history.map(\.reason) == [.released, .reserved, .found])
        #expect(history.map(\.delta) == [2, -2, 3])
        #expect(history.first?.orderID == order.id)
    }

    @Test func `one item in five lines can't pass its stock`() async throws {
        let counter = try await CheckoutCounter.open()
        try await change(counter.cafe, .counted(4))
        let lines = (0..<5).map { _ in CheckoutCounter.line(CafeFixture.soup) }
        await #expect(throws: PlaceOrder.Refusal.self) {
            _ = try await counter.place()(CheckoutCounter.request(lines))
        }
        #expect(try count(counter.cafe) == 4)
    }

    @Test func `random histories add up to the count`() async throws {
        let counter = try await CheckoutCounter.open()
        let cafe = counter.cafe
        var random = SystemRandomNumberGenerator()
        var orders: [String] = []
        for _ in 0..<200 {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: try await change(cafe, .counted(Int64.random(in: 0...9, using: &random)))
            case 1: _ = try? await change(cafe, .delivered(Int64.random(in: 1...5, using: &random)))
            case 2: try await change(cafe, .stopCounting)
            case 3:
                let line = CheckoutCounter.line(CafeFixture.soup, Int64.random(in: 1...3, using: &random))
                if let order = try? await counter.place()(CheckoutCounter.request([line])).order {
                    orders.append(order.id)
                }
            case 4:
                guard let id = orders.randomElement(using: &random) else { continue }
                try await cafe.database.write { try StockRepository.release(orderID: id, in: $0) }
            default:
                // A program of the release before, which wrote no history.
                try await cafe.database.write {
                    try $0.execute("UPDATE menu_items SET stock_count = stock_count + 1 WHERE id = 'soup'")
                }
                try await change(cafe, .counted((try count(cafe) ?? 0) + 1))
            }
            let sum = try StockHistoryRepository(database: cafe.database).sum(of: CafeFixture.soup)
            let isUntouched = try StockHistoryRepository(database: cafe.database).latest(1, of: "soup").isEmpty
            let now = try count(cafe) ?? 0
            #expect(isUntouched || sum == now)
        }
    }

    @Test func `a refunded portion goes back on the shelf once`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.place()(CheckoutCounter.request([CheckoutCounter.line(CafeFixture.soup, 2)]))
            .order
        let line = try #require(try counter.orders.detail(order.id)?.lines.first).id
        for expected in [Int64(1), 1, 0] {
            let back = try await counter.database.write {
                try StockRepository.restock(1, ofLine: line, staffID: CafeFixture.barista, in: $0)
            }
            #expect(back == expected)
        }
        #expect(try count(counter.cafe) == 3)
    }

    @Test func `what is at its mark is low, and the scarcest comes first`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        #expect(try StockRepository(database: cafe.database).lowStock().isEmpty)
        try await change(cafe, .lowMark(3))
        #expect(try StockRepository(database: cafe.database).lowStock().map(\.itemID) == [CafeFixture.soup])
    }

    @Test func `history is never changed`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        try await change(cafe, .counted(9))
        await #expect(throws: (any Error).self) {
            try await cafe.database.write { try $0.execute("DELETE FROM stock_changes") }
        }
    }
}
