import Foundation
import Testing

@testable import MuseShared

extension EndToEnd {
    @Suite struct LastPromoUseTests {
        private static let carts = 100

        @Test func `one use is left and 100 carts come at once: one has it, 99 are told`() async throws {
            try await RunningMuse.run(.init(hasSandbox: true)) { muse in
                try await Self.insertCode(muse, uses: 1)
                let statuses = try await Self.rush(muse)
                #expect(statuses.count { $0 == 201 } == 1, "\(statuses)")
                #expect(statuses.count { $0 == 409 } == Self.carts - 1, "\(statuses)")
                #expect(try Self.count(muse, "SELECT use_count AS n FROM promo_codes") == 1)
                #expect(try Self.count(muse, "SELECT COUNT(*) AS n FROM promo_code_uses") == 1)
                #expect(try Self.count(muse, "SELECT COUNT(*) AS n FROM orders") == 1)
            }
        }

        @Test func `without a limit all of them have it, so the test above can tell`() async throws {
            try await RunningMuse.run(.init(hasSandbox: true)) { muse in
                try await Self.insertCode(muse, uses: nil)
                #expect(try await Self.rush(muse).count { $0 == 201 } == Self.carts)
                #expect(try Self.count(muse, "SELECT use_count AS n FROM promo_codes") == Int64(Self.carts))
            }
        }

        private static func insertCode(_ muse: RunningMuse, uses: Int64?) async throws {
            try await muse.database.write { transaction in
                var terms = PromoCode.Terms(code: "LAST", reduction: .percent(millionths: 100_000))
                terms.maxUses = uses
                try PromoCodeRepository.insert(terms, id: "last", in: transaction)
            }
        }

        /// Everybody is somebody else, half of them at each of two processes.
        private static func rush(_ muse: RunningMuse) async throws -> [Int] {
            let (first, second) = (muse.guest, try await muse.startSecondCustomer())
            return try await inParallel(carts, width: carts) { number in
                let body = RunningMuse.order(email: "guest\(number)@example.com", more: #", "promoCode": "LAST""#)
                return try await (number.isMultiple(of: 2) ? first : second).post(
                    "/api/orders", body, headers: ["Idempotency-Key": UUID().uuidString]
                ).status
            }
        }

        private static func count(_ muse: RunningMuse, _ query: SQL) throws -> Int64? {
            try muse.database.first(query)?.int("n")
        }
    }
}
