import Foundation
import MuseTestSupport
import Testing

@testable import MuseShared

extension EndToEnd {
    /// Hold ends → session expired at Stripe → released. The customer service is killed between each two of them;
    /// what was held comes back exactly once, and never while somebody could still pay for it.
    @Suite struct HoldEndCrashTests {
        enum Death: CaseIterable {
            case beforeStripeHasIt, afterStripeHasDoneIt, afterTheAnswer
        }

        /// What orders take from others.
        private struct Held: Equatable {
            var soups: Int64
            var slotSeconds: Int64
            var codeUses: Int64

            init(_ muse: RunningMuse) throws {
                soups = try 40 - muse.number("SELECT stock_count AS n FROM menu_items WHERE id = 'soup'")
                slotSeconds = try muse.number("SELECT COALESCE(SUM(claimed_seconds), 0) AS n FROM slot_loads")
                codeUses = try muse.number("SELECT use_count AS n FROM promo_codes")
            }

            init(orders: Int64) {
                soups = orders
                slotSeconds = orders
                codeUses = orders
            }
        }

        @Test func `killed between any two steps, all of it comes back once and only after nobody can pay`()
            async throws
        {
            try await RunningMuse.run { muse in
                let time = try await Self.prepare(muse)
                for death in Death.allCases { try await Self.die(death, at: time, muse) }
                try await Self.dieBeforeTheSessionIsKnown(at: time, muse)
                try await Self.payWhileTheServiceIsDead(at: time, muse)
                try await Self.dieAtRandom(at: time, muse)
                let held = try Held(muse)
                #expect(held == Held(orders: 1), "the one that was paid")
                let released = try muse.number("SELECT COUNT(*) AS n FROM order_events WHERE kind = 'expired'")
                #expect(try muse.number("SELECT COUNT(*) AS n FROM orders WHERE status = 'expired'") == released)
                #expect(try muse.number("SELECT COUNT(*) AS n FROM orders WHERE status = 'awaitingPayment'") == 0)
            }
        }

        private static func prepare(_ muse: RunningMuse) async throws -> Timestamp {
            try await muse.silenceStripe()
            try await muse.database.write { transaction in
                try transaction.executeScript(
                    """
                    UPDATE menu_items SET prep_seconds = 1, stock_count = 40 WHERE id = 'soup';
                    INSERT INTO kitchen_stations (name, hands, slot_seconds) VALUES ('bar', 50, 600);
                    """)
                var terms = PromoCode.Terms(code: "SOUP", reduction: .percent(millionths: 100_000))
                terms.maxUses = 40
                try PromoCodeRepository.insert(terms, id: "soup", in: transaction)
                try CacheVersionRepository.bump(.venue, in: transaction)
                try CacheVersionRepository.bump(.menu, in: transaction)
            }
            let slots = try ScheduleOrder(database: muse.database).times(KitchenWork(seconds: ["bar": 1])).slots
            return try #require(slots.dropFirst(4).first).at
        }

        private static func body(at time: Timestamp) -> String {
            """
            {"lines": [\(RunningMuse.soup)], "fulfilment": {"type": "pickup", "at": "\(time.rfc3339)"}, \
            "promoCode": "SOUP", "contact": {"name": "Ada Lovelace", "email": "\(UUID().uuidString)@example.com"}}
            """
        }

        /// The half hour of a hold, in no time. The service is started on it: its first round finds it.
        private static func endHolds(_ muse: RunningMuse) async throws {
            try await muse.database.write { transaction in
                try transaction.execute(
                    """
                    UPDATE orders SET hold_expires_at_ms = \(transaction.now.adding(seconds: -1))
                    WHERE status = 'awaitingPayment'
                    """)
            }
        }

        private static func ends(_ order: String, as status: String, _ muse: RunningMuse) async throws {
            try await eventually("the order is \(status)") { try muse.status(of: order) == status ? true : nil }
        }

        private static func die(_ death: Death, at time: Timestamp, _ muse: RunningMuse) async throws {
            let order = try await muse.place(body(at: time))
            try await muse.program("customer").kill9()
            try await endHolds(muse)
            try await muse.hold(
                death == .beforeStripeHasIt ? .request : .answer,
                of: "POST /v1/checkout/sessions/\(order.session)/expire")
            try await muse.startCustomer()
            try await muse.callIsHeld()
            if death == .afterTheAnswer {
                try await muse.whileNobodyWrites {
                    try await muse.letGo()
                    try await muse.program("customer").kill9()
                }
            } else {
                try await muse.program("customer").kill9()
                try await muse.letGo()
            }
            #expect(try await muse.atStripe().status(of: order) == (death == .beforeStripeHasIt ? "open" : "expired"))
            #expect(try muse.status(of: order.id) == "awaitingPayment", "\(death)")
            #expect(try Held(muse) == Held(orders: 1), "\(death)")
            try await muse.startCustomer()
            try await ends(order.id, as: "expired", muse)
            #expect(try await muse.atStripe().status(of: order) == "expired", "\(death)")
            #expect(try Held(muse) == Held(orders: 0), "\(death)")
        }

        /// Stripe has made the session, and we died before we learnt its name.
        private static func dieBeforeTheSessionIsKnown(at time: Timestamp, _ muse: RunningMuse) async throws {
            try await muse.hold(.answer, of: "POST /v1/checkout/sessions")
            let placing = Task { try? await muse.place(body(at: time)) }
            try await muse.callIsHeld()
            try await muse.program("customer").kill9()
            _ = await placing.value
            try await muse.letGo()
            #expect(try Held(muse) == Held(orders: 1))
            let open = try await muse.atStripe().sessions.filter { $0.status == "open" }
            #expect(open.count == 1)
            try await endHolds(muse)
            try await muse.startCustomer()
            try await eventually("what it held is back") { try Held(muse) == Held(orders: 0) ? true : nil }
            #expect(try await muse.atStripe().sessions.allSatisfy { $0.status == "expired" })
        }

        /// The hold has ended, Stripe does not know yet, and the guest pays: it is theirs.
        private static func payWhileTheServiceIsDead(at time: Timestamp, _ muse: RunningMuse) async throws {
            let order = try await muse.place(body(at: time))
            try await muse.program("customer").kill9()
            try await endHolds(muse)
            try await muse.hold(.request, of: "POST /v1/checkout/sessions/\(order.session)/expire")
            try await muse.startCustomer()
            try await muse.callIsHeld()
            try await muse.program("customer").kill9()
            try await muse.letGo()
            try await muse.pay(order)
            try await muse.startCustomer()
            try await ends(order.id, as: "paid", muse)
            #expect(try Held(muse) == Held(orders: 1))
            #expect(try muse.written().payments == 1)
        }

        /// Several holds end in one round, and the round is cut somewhere.
        private static func dieAtRandom(at time: Timestamp, _ muse: RunningMuse) async throws {
            let seed = UInt64.random(in: 0...UInt64.max)
            print("hold end seed \(seed)")
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<6 {
                let moment = Int.random(in: 0...20_000, using: &generator)
                var orders: [PlacedOrder] = []
                for _ in 0..<4 { orders.append(try await muse.place(body(at: time))) }
                try await muse.program("customer").kill9()
                try await endHolds(muse)
                try await muse.startCustomer()
                let first = orders[0]
                try await eventually("Stripe has ended the first") {
                    try await muse.atStripe().status(of: first) == "expired" ? true : nil
                }
                try await Task.sleep(for: .microseconds(moment))
                try await muse.program("customer").kill9()
                let stripe = try await muse.atStripe()
                var waiting: Int64 = 0
                for order in orders {
                    let isReleased = try muse.status(of: order.id) == "expired"
                    if isReleased { #expect(stripe.status(of: order) == "expired") } else { waiting += 1 }
                }
                #expect(try Held(muse) == Held(orders: waiting + 1))
                print("killed with \(waiting) of \(orders.count) still held")
                try await muse.startCustomer()
                for order in orders { try await ends(order.id, as: "expired", muse) }
                #expect(try Held(muse) == Held(orders: 1))
            }
        }
    }
}
