import Foundation
import Testing

@testable import MuseShared

extension EndToEnd {
    @Suite struct BoardStreamTests {
        private static func sendSoupToTheOven(_ muse: RunningMuse) async throws {
            try await muse.database.write {
                try $0.executeScript("UPDATE menu_items SET station = 'oven' WHERE id = 'soup'")
                try CacheVersionRepository.bump(.menu, in: $0)
            }
        }

        @Test func `every screen of both processes gets its part of what is paid, and nothing before`() async throws {
            try await RunningMuse.run { muse in
                try await Self.sendSoupToTheOven(muse)
                let first = try await muse.startAdmin()
                let second = try await muse.startSecondAdmin(as: first)
                let bar = try BoardScreen(first, station: "bar")
                let oven = try BoardScreen(second, station: "oven")
                let boards = [try BoardScreen(first), try BoardScreen(second), bar]
                for screen in boards + [oven] { try await screen.hears("event: board") }
                let unpaid = try await muse.place(RunningMuse.order(RunningMuse.soup))
                let coffee = try await muse.place()
                let both = try await muse.place(
                    RunningMuse.order("\(RunningMuse.flatWhite), \(RunningMuse.soup)"))
                try await muse.pay(coffee)
                try await muse.pay(both)
                for screen in boards + [oven] { try await screen.hears("order-\(both.id)") }
                for screen in boards { try await screen.hears("order-\(coffee.id)") }
                #expect(!oven.has("order-\(coffee.id)"))
                for screen in boards + [oven] { #expect(!screen.has(unpaid.id)) }
                try await muse.pay(unpaid)
                for screen in [boards[0], oven] { try await screen.hears("order-\(unpaid.id)") }
            }
        }

        @Test func `screens of two processes that tap at once do each thing once and skip no state`() async throws {
            try await RunningMuse.run { muse in
                let first = try await muse.startAdmin()
                let second = try await muse.startSecondAdmin(as: first)
                for _ in 1...5 {
                    let order = try await muse.place()
                    try await muse.pay(order)
                    for (seen, status) in [("paid", "preparing"), ("preparing", "ready"), ("ready", "completed")] {
                        let statuses = try await inParallel(6, width: 6) { number in
                            let client = number.isMultiple(of: 2) ? first : second
                            return try await client.post(
                                "/api/orders/\(order.id)/status",
                                #"{"status": "\#(status)", "seen": "\#(seen)", "tap": "\#(order.id)-\#(status)-\#(number)"}"#
                            ).status
                        }
                        #expect(statuses == Array(repeating: 200, count: 6))
                    }
                    let kinds = try OrderRepository(database: muse.database).detail(order.id)?.events.map(\.kind)
                    #expect(kinds == ["placed", "paid", "preparing", "ready", "completed"])
                }
            }
        }
    }
}
