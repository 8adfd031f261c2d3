import Foundation
import MuseTestSupport
import Testing

@testable import MuseShared

extension EndToEnd {
    @Suite struct WebhookCrashTests {
        private static let rounds = 50

        @Test func `killed at 50 random moments of the webhook path every paid order is fulfilled once`() async throws {
            let seed = UInt64.random(in: 0...UInt64.max)
            print("crash seed \(seed)")
            var generator = SeededGenerator(seed: seed)
            let moments = (0..<Self.rounds).map { _ in Int.random(in: 0...60_000, using: &generator) }
            try await RunningMuse.run { muse in
                var orders: [PlacedOrder] = []
                var paidAtDeath = 0
                for (round, moment) in moments.enumerated() {
                    let order = try await muse.place(RunningMuse.order(email: "guest\(round)@example.com"))
                    orders.append(order)
                    try await Self.killWhilePaying(order, after: .microseconds(moment), muse)
                    if try muse.status(of: order.id) == "paid" { paidAtDeath += 1 }
                    try await muse.startCustomer()
                }
                print("of \(Self.rounds) orders \(paidAtDeath) were fulfilled before the kill, the others after it")
                try await Self.check(orders, muse)
            }
        }

        /// The payment goes on at the sandbox while the service dies: its webhook is tried again until it is taken.
        private static func killWhilePaying(
            _ order: PlacedOrder, after moment: Duration, _ muse: RunningMuse
        ) async throws {
            async let paid: Void = muse.pay(order)
            try await Task.sleep(for: moment)
            try await muse.program("customer").kill9()
            try await paid
        }

        private static func check(_ orders: [PlacedOrder], _ muse: RunningMuse) async throws {
            try await eventually("every order is paid", within: .seconds(40)) {
                try muse.number("SELECT count(*) AS n FROM orders WHERE status = 'paid'") == 50 ? true : nil
            }
            try await eventually("every confirmation is sent", within: .seconds(40)) {
                try muse.number("SELECT count(*) AS n FROM emails WHERE state = 'sent'") == 50 ? true : nil
            }
            try await eventually("the sandbox has delivered all", within: .seconds(40)) { try await hasDelivered(muse) }
            let written = try muse.written()
            #expect((written.payments, written.emails) == (50, 50))
            #expect(try muse.number("SELECT count(DISTINCT order_id) AS n FROM payments") == 50)
            #expect(try muse.number("SELECT count(DISTINCT number) AS n FROM orders") == 50)
            #expect(try muse.number("SELECT count(*) AS n FROM order_events WHERE kind = 'paid'") == 50)
            #expect(try muse.number("SELECT count(*) AS n FROM stripe_events WHERE outcome = 'fulfilled'") == 50)
            let mails = try await muse.mailbox()
            print("\(mails.count) confirmations reached the mailbox")
            for round in orders.indices {
                let count = mails.count { $0.to == ["guest\(round)@example.com"] }
                #expect((1...2).contains(count), "guest\(round) got \(count) confirmations")
            }
        }

        private static func hasDelivered(_ muse: RunningMuse) async throws -> Bool? {
            struct State: Decodable {
                struct Counts: Decodable { let pendingEvents: Int }
                let counts: Counts
            }
            let answer = try await muse.sandbox.get("/sandbox/state.json?limit=1")
            return try answer.decode(State.self).counts.pendingEvents == 0 ? true : nil
        }
    }
}
