import Foundation
import Testing

@testable import MuseShared

extension EndToEnd {
    @Suite struct StaleMenuTests {
        private struct Menu: Decodable {
            struct Category: Decodable {
                let items: [Item]
            }
            struct Item: Decodable {
                let id: String
                let priceMinor: Int64
            }
            let categories: [Category]

            func price(of id: String) -> Int64? {
                categories.lazy.flatMap(\.items).first { $0.id == id }?.priceMinor
            }
        }

        /// The lanes go on beside each other, each with an item of its own: another lane's change is a change too.
        private static let lanes = ["flat-white", "croissant", "soup", "cake"]

        @Test func `in 10,000 turns of a new price and a look at the menu none is stale`() async throws {
            try await RunningMuse.run { muse in
                let admin = try await muse.startAdmin()
                let stale = try await inParallel(Self.lanes.count) { lane in
                    try await Self.alternate(2500, item: Self.lanes[lane], admin: admin, guest: muse.guest)
                }
                #expect(stale.reduce(0, +) == 0)
                #expect(try muse.number("SELECT version AS n FROM cache_versions WHERE name = 'menu'") > 10_000)
            }
        }

        /// Each look offers the tag of the look before: an answer that says “not changed” would be stale as well.
        private static func alternate(
            _ turns: Int, item: String, admin: WebClient, guest: WebClient
        ) async throws -> Int {
            var stale = 0
            var tag: String?
            for turn in 1...turns {
                let price = Int64(1000 + turn)
                let change = try await admin.send(
                    "PATCH", "/api/menu/items/\(item)", json: #"{"priceMinor": \#(price), "publish": true}"#)
                guard change.status == 200 else {
                    throw NeverHappened(description: "price: \(change.status) \(change.text)")
                }
                let look = try await guest.get("/api/menu", headers: tag.map { ["If-None-Match": $0] } ?? [:])
                let seen = look.status == 200 ? try look.decode(Menu.self).price(of: item) : nil
                if seen != price { stale += 1 }
                tag = look.headers["etag"]
            }
            return stale
        }

        @Test func `a change without a new version is not seen, so the test above can see staleness`() async throws {
            try await RunningMuse.run { muse in
                let guest = muse.guest
                #expect(try await guest.get("/api/menu").decode(Menu.self).price(of: "croissant") == 325)
                try await muse.database.write { transaction in
                    try transaction.execute("UPDATE menu_items SET price_minor = 999 WHERE id = 'croissant'")
                }
                #expect(try await guest.get("/api/menu").decode(Menu.self).price(of: "croissant") == 325)
                try await muse.database.write { try CacheVersionRepository.bump(.menu, in: $0) }
                #expect(try await guest.get("/api/menu").decode(Menu.self).price(of: "croissant") == 999)
            }
        }
    }
}
