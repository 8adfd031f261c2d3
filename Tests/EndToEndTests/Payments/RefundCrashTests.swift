import Foundation
import Testing

@testable import MuseShared

extension EndToEnd {
    /// A refund that dies half way, that two people want at once, and that Stripe refuses: over the network.
    @Suite struct RefundCrashTests {
        enum Death: CaseIterable {
            case beforeStripeHasIt, afterStripeHasDoneIt, afterTheAnswer
        }

        @Test func `killed at any step, one refund is made, booked and put back into stock`() async throws {
            try await RunningMuse.run { muse in
                try await Self.prepare(muse)
                let staff = try await muse.startAdmin()
                try await muse.silenceStripe()
                for death in Death.allCases { try await Self.die(death, staff, muse) }
                try await ReconciliationRepository(database: muse.database).askNow()
                let asked = WallClock.live.now()
                let health = try await eventually("it is compared with Stripe") {
                    let health = try ReconciliationRepository(database: muse.database).health()
                    return health.checkedAt.map { $0 >= asked.adding(seconds: -1) } == true ? health : nil
                }
                #expect(health.differences.isEmpty)
                #expect(health.repairedTotal == 0, "the workers themselves have settled all")
            }
        }

        private static func die(_ death: Death, _ staff: WebClient, _ muse: RunningMuse) async throws {
            let order = try await paidSoups(2, muse)
            let soupsBefore = try muse.written().soupLeft
            let request = try body(order, muse)
            let key = UUID().uuidString
            try await muse.hold(death == .beforeStripeHasIt ? .request : .answer, of: "POST /v1/refunds")
            let asking = Task { try? await refund(order, request, key, staff) }
            try await muse.callIsHeld()
            if death == .afterTheAnswer {
                try await muse.whileNobodyWrites {
                    try await muse.letGo()
                    try await muse.program("admin").kill9()
                }
            } else {
                try await muse.program("admin").kill9()
                try await muse.letGo()
            }
            #expect(await asking.value == nil, "nobody was told that it is done")
            #expect(try await muse.atStripe().refunds(of: order).count == (death == .beforeStripeHasIt ? 0 : 1))
            #expect(try booked(order, muse) == 0, "\(death)")
            #expect(try muse.written().soupLeft == soupsBefore, "\(death)")
            try await muse.restartAdmin()
            try await makeDue(muse)
            try await eventually("the refund is settled") { try booked(order, muse) == 1 ? true : nil }
            // Whoever saw no answer presses again: it is the same refund.
            let again = try await refund(order, request, key, staff)
            #expect(again.status == 201, "\(again.text)")
            #expect(try await muse.atStripe().refunds(of: order).map(\.status) == ["succeeded"], "\(death)")
            #expect(try booked(order, muse) == 1, "\(death)")
            #expect(try muse.written().soupLeft == soupsBefore + 1, "\(death)")
            let letters = try muse.number(
                "SELECT COUNT(*) AS n FROM emails WHERE template = 'refund-issued' AND order_id = \(order.id)")
            #expect(letters == 1)
        }

        /// The worker leaves whoever began some seconds; they are over.
        private static func makeDue(_ muse: RunningMuse) async throws {
            try await muse.database.write { transaction in
                try transaction.execute(
                    "UPDATE refunds SET next_attempt_at_ms = \(transaction.now) WHERE state = 'pending'")
            }
        }

        @Test func `of two at two screens who refund the same line one wins, and Stripe's no changes nothing`()
            async throws
        {
            try await RunningMuse.run { muse in
                try await Self.prepare(muse)
                let first = try await muse.startAdmin()
                try await muse.addManager("jo@ncmuse.co")
                let second = try await muse.signIn("jo@ncmuse.co", at: WebClient(base: first.base))
                try await Self.rush(first, second, muse)
                try await Self.rushForDifferentPortions(first, second, muse)
                try await Self.refusedByStripe(first, muse)
            }
        }

        private static func rush(_ first: WebClient, _ second: WebClient, _ muse: RunningMuse) async throws {
            for _ in 0..<5 {
                let order = try await paidSoups(1, muse)
                let request = try body(order, muse)
                async let mine = refund(order, request, UUID().uuidString, first)
                async let theirs = refund(order, request, UUID().uuidString, second)
                let answers = try await [mine, theirs].sorted { $0.status < $1.status }
                #expect(answers.map(\.status) == [201, 409])
                let problem = try answers[1].decode(ProblemAnswer.self)
                #expect(problem.type.hasSuffix("already-refunded"), "\(problem)")
                #expect(problem.detail?.contains("All of Tomato soup has gone back already") == true)
                #expect(try await muse.atStripe().refunds(of: order).count == 1)
            }
        }

        /// What the rush above can tell: nobody is refused for being at the same time alone.
        private static func rushForDifferentPortions(
            _ first: WebClient, _ second: WebClient, _ muse: RunningMuse
        ) async throws {
            let order = try await paidSoups(2, muse)
            let request = try body(order, muse)
            async let mine = refund(order, request, UUID().uuidString, first)
            async let theirs = refund(order, request, UUID().uuidString, second)
            #expect(try await [mine.status, theirs.status] == [201, 201])
            #expect(try await muse.atStripe().refunds(of: order).count == 2)
        }

        private static func refusedByStripe(_ staff: WebClient, _ muse: RunningMuse) async throws {
            let order = try await paidSoups(1, muse)
            let soups = try muse.written().soupLeft
            _ = try await muse.sandbox.post("/sandbox/refunds/next", #"{"outcome": "refused"}"#)
            let answer = try await refund(order, try body(order, muse), UUID().uuidString, staff)
            #expect(answer.status == 409)
            let problem = try answer.decode(ProblemAnswer.self)
            #expect(problem.detail?.contains("your balance is too low") == true, "\(problem)")
            #expect(problem.detail?.contains("No money moved") == true)
            #expect(try booked(order, muse) == 0)
            #expect(try muse.written().soupLeft == soups)
            #expect(try muse.status(of: order.id) == "paid")
            #expect(try await muse.atStripe().refunds(of: order).isEmpty)
            let again = try await refund(order, try body(order, muse), UUID().uuidString, staff)
            #expect(again.status == 201, "\(again.text)")
        }

        // MARK: The ground

        private static func prepare(_ muse: RunningMuse) async throws {
            try await muse.database.write { transaction in
                try transaction.execute("UPDATE menu_items SET stock_count = 40 WHERE id = 'soup'")
                try CacheVersionRepository.bump(.menu, in: transaction)
            }
        }

        /// A paid order; its webhook was lost on the way, and its page has asked Stripe itself.
        private static func paidSoups(_ count: Int, _ muse: RunningMuse) async throws -> PlacedOrder {
            let line = #"{"kind": "item", "itemId": "soup", "quantity": \#(count)}"#
            let order = try await muse.place(RunningMuse.order(line))
            try await muse.pay(order)
            _ = try await muse.guest.get("/orders/\(order.id)?token=\(order.token)&from=checkout")
            try await eventually("it is paid") { try muse.status(of: order.id) == "paid" ? true : nil }
            return order
        }

        private static func body(_ order: PlacedOrder, _ muse: RunningMuse) throws -> String {
            let line = try muse.database.first("SELECT id FROM order_lines WHERE order_id = \(order.id)")?.text("id")
            return #"{"lines": [{"lineId": "\#(line ?? "")", "quantity": 1}], "reason": "Cold", "restock": true}"#
        }

        private static func refund(
            _ order: PlacedOrder, _ body: String, _ key: String, _ staff: WebClient
        ) async throws -> WebClient.Answer {
            try await staff.post("/api/orders/\(order.id)/refunds", body, headers: ["Idempotency-Key": key])
        }

        private static func booked(_ order: PlacedOrder, _ muse: RunningMuse) throws -> Int64 {
            try muse.number(
                "SELECT COUNT(*) AS n FROM payments WHERE order_id = \(order.id) AND kind = 'refund'")
        }
    }
}
