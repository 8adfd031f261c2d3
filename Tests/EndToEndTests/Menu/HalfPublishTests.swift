import Foundation
import Testing

extension EndToEnd {
    /// A draft that changes several things at once is published again and again while guests read the menu.
    @Suite struct HalfPublishTests {
        private static let publishes: Int64 = 60
        private static let readers = 4

        @Test func `a guest sees a publish as a whole or not at all`() async throws {
            try await RunningMuse.run(RunningMuse.Options(hasSandbox: false)) { muse in
                let admin = try await muse.startAdmin()
                let seen = try await Self.look(at: muse.guest) { number in
                    try await Self.change(to: number, goesLive: false, admin)
                    try Self.check(try await admin.post("/api/menu/publish", "{}"))
                }
                #expect(seen.mixtures == 0, "of \(seen.looks) looks")
                #expect(seen.publishes.count > Self.publishes / 2, "or nobody looked while it went on")
                #expect(seen.looks > Int(Self.publishes) * 2)
            }
        }

        @Test func `changes put live one by one are seen half done, so the test above can see halves`() async throws {
            try await RunningMuse.run(RunningMuse.Options(hasSandbox: false)) { muse in
                let admin = try await muse.startAdmin()
                let seen = try await Self.look(at: muse.guest) { number in
                    try await Self.change(to: number, goesLive: true, admin)
                }
                #expect(seen.mixtures > 0)
            }
        }

        // MARK: Changing

        /// Two items of one category, one of another, a group's name and the price of its option.
        private static func change(to number: Int64, goesLive: Bool, _ admin: WebClient) async throws {
            for item in Menu.items {
                let body = #"{"priceMinor": \#(1000 + number), "publish": \#(goesLive)}"#
                try check(try await admin.send("PATCH", "/api/menu/items/\(item)", json: body))
            }
            let group = """
                {"name": "Shots \(number)", "options": [{"id": "shot", "priceMinor": \(1000 + number)}], \
                "publish": \(goesLive)}
                """
            try check(try await admin.send("PATCH", "/api/menu/groups/shots", json: group))
        }

        private static func check(_ answer: WebClient.Answer) throws {
            guard answer.status == 200 else {
                throw NeverHappened(description: "change: \(answer.status) \(answer.text)")
            }
        }

        // MARK: Looking

        private struct Seen {
            var looks = 0
            var mixtures = 0
            var publishes: Set<Int64> = []
        }

        private static func look(
            at guest: WebClient, while change: @escaping @Sendable (Int64) async throws -> Void
        ) async throws -> Seen {
            // What the fixture holds are five different numbers.
            try await change(0)
            return try await withThrowingTaskGroup(of: Seen.self) { group in
                group.addTask {
                    for number in 1...publishes { try await change(number) }
                    return Seen()
                }
                for _ in 0..<readers {
                    group.addTask {
                        var seen = Seen()
                        while !seen.publishes.contains(publishes) {
                            let numbers = try await guest.get("/api/menu").decode(Menu.self).numbers
                            seen.looks += 1
                            if numbers.count > 1 { seen.mixtures += 1 }
                            seen.publishes.formUnion(numbers)
                        }
                        return seen
                    }
                }
                return try await group.reduce(into: Seen()) { all, one in
                    all.looks += one.looks
                    all.mixtures += one.mixtures
                    all.publishes.formUnion(one.publishes)
                }
            }
        }

        private struct Menu: Decodable {
            struct Category: Decodable {
                let items: [Item]
            }
            struct Item: Decodable {
                let id: String
                let priceMinor: Int64
                let modifierGroups: [Group]
            }
            struct Group: Decodable {
                let id: String
                let name: String
                let options: [Option]
            }
            struct Option: Decodable {
                let priceMinor: Int64
            }
            let categories: [Category]

            static let items = ["flat-white", "croissant", "soup"]

            /// Which publish each of the five places is of.
            var numbers: Set<Int64> {
                let items = categories.flatMap(\.items)
                let prices = items.filter { Self.items.contains($0.id) }.map(\.priceMinor)
                let shots = items.flatMap(\.modifierGroups).filter { $0.id == "shots" }
                let named = shots.compactMap { Int64($0.name.split(separator: " ").last ?? "") }
                let options = shots.flatMap(\.options).map(\.priceMinor)
                return Set((prices + options).map { $0 - 1000 } + named)
            }
        }
    }
}
