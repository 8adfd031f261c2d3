import Foundation
import Testing

@testable import MuseShared

extension EndToEnd {
    /// 500 guests at once, over the network and two processes of the customer service, for fifty portions.
    ///
    /// What happens without the condition is shown by `StockRaceTests`, which oversells with fewer guests than these.
    @Suite struct StockRushTests {
        private static let portions: Int64 = 50
        private static let guests = 500
        private static let rounds = 20

        @Test(.timeLimit(.minutes(3))) func `fifty get a portion, in each of twenty rounds`() async throws {
            try await RunningMuse.run(RunningMuse.Options(hasSandbox: false)) { muse in
                let doors = [muse.guest, try await muse.startSecondCustomer()]
                for round in 1...Self.rounds {
                    try await Self.count(Self.portions, in: muse)
                    let statuses = try await inParallel(Self.guests, width: 64) { number in
                        try await doors[number % 2].post(
                            "/api/orders", RunningMuse.order(RunningMuse.water),
                            headers: ["Idempotency-Key": UUID().uuidString, "Origin": muse.guest.base]
                        ).status
                    }
                    #expect(statuses.filter { $0 == 201 }.count == Self.portions)
                    #expect(statuses.filter { $0 == 409 }.count == Self.guests - Int(Self.portions))
                    let sold = try muse.number("SELECT SUM(quantity) AS n FROM order_lines WHERE subject_id = 'water'")
                    #expect(sold == Self.portions * Int64(round))
                }
                let sum = try StockHistoryRepository(database: muse.database).sum(of: "water")
                #expect(sum == 0, "the history tells where every portion went")
            }
        }

        @Test func `one item in five lines can't pass its stock, and what is there can be had in as many`() async throws
        {
            try await RunningMuse.run(RunningMuse.Options(hasSandbox: false)) { muse in
                try await Self.count(4, in: muse)
                let before = try muse.written()
                let cart = { (lines: Int) in
                    RunningMuse.order(
                        (1...lines).map { #"{"kind": "item", "itemId": "water", "quantity": 1, "note": "\#($0)"}"# }
                            .joined(separator: ", "))
                }
                let refused = try await muse.guest.post(
                    "/api/orders", cart(5), headers: ["Idempotency-Key": UUID().uuidString])
                #expect(refused.status == 409)
                let problem: ProblemAnswer = try refused.decode()
                #expect(problem.errors?.map(\.message) == ["Only 4 of Tap water left. Choose fewer to go on."])
                #expect(try muse.written() == before)
                _ = try await muse.place(cart(4))
                #expect(try muse.number("SELECT stock_count AS n FROM menu_items WHERE id = 'water'") == 0)
            }
        }

        private static func count(_ portions: Int64, in muse: RunningMuse) async throws {
            try await muse.database.write { transaction in
                try StockRepository.setCount(portions, of: "water", staffID: nil, in: transaction)
            }
        }
    }
}
