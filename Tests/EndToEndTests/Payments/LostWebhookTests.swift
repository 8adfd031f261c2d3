import Foundation
import Testing

@testable import MuseShared

extension EndToEnd {
    @Suite struct LostWebhookTests {
        private static let orders = 1000
        private static let atOnce = 16

        @Test func `with 30 % of webhooks lost, doubled and disordered nothing differs from Stripe`() async throws {
            try await RunningMuse.run { muse in
                let staff = try await muse.startAdmin()
                for (mode, more) in [("drop", ""), ("duplicate", ""), ("reorder", #", "delay": 1"#)] {
                    let answer = try await muse.sandbox.post(
                        "/faults",
                        #"{"service": "webhooks", "mode": "\#(mode)", "percent": 30, "also": true\#(more)}"#)
                    #expect(answer.status == 200)
                }
                let began = ContinuousClock.now
                let orders = try await Self.placeAndPay(muse)
                let lost = try muse.number("SELECT COUNT(*) AS n FROM orders WHERE status = 'awaitingPayment'")
                print("\(Self.orders) orders paid in \(ContinuousClock.now - began), \(lost) unknown to us then")
                try await MoneyBack(muse: muse, staff: staff, orders: orders).give()
                let health = try await Self.compare(muse) { health in
                    try muse.number("SELECT COUNT(*) AS n FROM orders WHERE status = 'paid'") == Self.orders
                        && muse.number("SELECT COUNT(*) AS n FROM refunds WHERE state = 'pending'") == 0
                        && health.differences.isEmpty
                }
                print(
                    "compared \(health.compared), repaired \(health.repairedTotal), differ \(health.differences.count)")
                #expect(health.repairedTotal > 0)
                try await Self.checkLedger(muse, compared: health.compared)
                try await Self.breakARow(of: orders[0], staff, muse)
                print("took \(ContinuousClock.now - began) in all")
            }
        }

        /// A person at the dashboard presses “Check now” until it is as it should be.
        private static func compare(
            _ muse: RunningMuse, until isDone: (ReconciliationRepository.Health) throws -> Bool
        ) async throws -> ReconciliationRepository.Health {
            let books = ReconciliationRepository(database: muse.database)
            return try await eventually("the comparison ends so", within: .seconds(40)) {
                let before = try books.health().checkedAt
                try await books.askNow()
                let health = try await eventually("it is compared once more", within: .seconds(40)) {
                    let health = try books.health()
                    return health.checkedAt != before ? health : nil
                }
                return try isDone(health) ? health : nil
            }
        }

        /// The sums are Stripe's own, added up here.
        private static func checkLedger(_ muse: RunningMuse, compared: Int64) async throws {
            let stripe = try await MoneyAtStripe.read(muse)
            #expect(compared == Int64(stripe.sessions.count + stripe.refunds.count + stripe.disputes.count))
            func booked(_ kind: String) throws -> Int64 {
                try muse.number("SELECT COALESCE(SUM(amount_minor), 0) AS n FROM payments WHERE kind = \(kind)")
            }
            #expect(try muse.number("SELECT COUNT(*) AS n FROM payments WHERE kind = 'charge'") == orders)
            #expect(try booked("charge") == stripe.charged)
            #expect(try booked("refund") + booked("refundReversal") == -stripe.refunded)
            #expect(try booked("dispute") + booked("disputeReversal") == -stripe.disputed)
            #expect(stripe.refunded > 0 && stripe.disputed > 0)
        }

        /// Somebody writes money into the ledger that Stripe knows nothing of: the dashboard says so, in red.
        private static func breakARow(of order: PlacedOrder, _ staff: WebClient, _ muse: RunningMuse) async throws {
            #expect(try await staff.get("/").text.contains(#"data-drift="positive""#))
            try await muse.database.write { transaction in
                try transaction.execute(
                    """
                    INSERT INTO payments (id, order_id, kind, amount_minor, currency, stripe_id, at_ms)
                    VALUES ('bogus', \(order.id), 'charge', 4200, 'USD', 'cs_test_bogus', \(transaction.now))
                    """)
            }
            let health = try await compare(muse) { !$0.differences.isEmpty }
            #expect(health.differences.map(\.stripeID) == ["cs_test_bogus"])
            let page = try await staff.get("/").text
            #expect(page.contains(#"data-drift="danger""#))
            #expect(page.contains("Money drift: 1"))
            #expect(page.contains("/orders/\(order.id)"))
        }

        private static func placeAndPay(_ muse: RunningMuse) async throws -> [PlacedOrder] {
            try await inParallel(orders, width: atOnce) { number in
                let order = try await muse.place(RunningMuse.order(email: "guest\(number)@example.com"))
                try await muse.pay(order)
                return order
            }
        }
    }
}
