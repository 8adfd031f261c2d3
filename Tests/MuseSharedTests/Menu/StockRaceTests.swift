import MuseTestSupport
import Testing

@testable import MuseShared

/// Many carts at once for few portions, from two openings of one file, as two processes have it.
@Suite(.serialized) struct StockRaceTests {
    private static let portions: Int64 = 20
    private static let carts = 120

    private func stocked() async throws -> CheckoutCounter {
        let counter = try await CheckoutCounter.open()
        try await counter.database.write {
            try StockRepository.setCount(Self.portions, of: CafeFixture.soup, staffID: nil, in: $0)
        }
        return counter
    }

    private func race(_ attempt: @escaping @Sendable (Int) async throws -> Bool) async throws -> Int {
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<Self.carts { group.addTask { (try? await attempt(number)) ?? false } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    @Test(arguments: 1...3)
    func `exactly the portions there are get sold`(round: Int) async throws {
        let counter = try await stocked()
        let other = try counter.cafe.secondOpening()
        defer { other.close() }
        let sold = try await race { number in
            let place = counter.place(on: number.isMultiple(of: 2) ? counter.database : other)
            _ = try await place(CheckoutCounter.request([CheckoutCounter.line(CafeFixture.soup)]))
            return true
        }
        #expect(sold == Int(Self.portions))
        #expect(try StockHistoryRepository(database: counter.database).sum(of: CafeFixture.soup) == 0)
    }

    @Test func `without the condition it oversells`() async throws {
        let counter = try await stocked()
        let other = try counter.cafe.secondOpening()
        defer { other.close() }
        let sold = try await race { number in
            let database = number.isMultiple(of: 2) ? counter.database : other
            let seen = try database.first("SELECT stock_count FROM menu_items WHERE id = 'soup'")?.int("stock_count")
            guard let seen, seen > 0 else { return false }
            await Task.yield()
            try await database.write {
                try $0.execute("UPDATE menu_items SET stock_count = \(seen - 1) WHERE id = 'soup'")
            }
            return true
        }
        #expect(sold > Int(Self.portions))
    }
}
