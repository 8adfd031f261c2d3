import Foundation
import Testing

@testable import MuseShared

extension EndToEnd {
    @Suite struct WebhookOutcomeTests {
        private static let completed = "checkout.session.completed"

        @Test func `50 duplicates at once and another event id fulfil once`() async throws {
            try await RunningMuse.run { muse in
                try await muse.fault("webhooks", "drop")
                let order = try await muse.place()
                try await muse.pay(order)
                let event = try await SignedEvent.sign(
                    SignedEvent.body("evt_same", Self.completed, session: order.session), in: muse.folder)
                let answers = try await inParallel(50, width: 50) { _ in
                    try await muse.deliver(event.body, signature: event.header).status
                }
                #expect(answers == Array(repeating: 200, count: 50))
                #expect(try muse.written().events == 1)
                let others = try await inParallel(20, width: 20) { number in
                    try await muse.deliver("evt_other\(number)", Self.completed, session: order.session).status
                }
                #expect(others == Array(repeating: 200, count: 20))
                let written = try muse.written()
                #expect((written.payments, written.emails, written.events) == (1, 1, 21))
                #expect(try muse.number("SELECT count(*) AS n FROM stripe_events WHERE outcome = 'fulfilled'") == 1)
                #expect(try muse.number("SELECT count(*) AS n FROM order_events WHERE kind = 'paid'") == 1)
                #expect(
                    try muse.number("SELECT amount_minor AS n FROM payments WHERE order_id = \(order.id)")
                        == order.totals.totalMinor)
            }
        }

        @Test func `two tabs that pay the same order are charged once`() async throws {
            try await RunningMuse.run { muse in
                // The button was pressed in both, so both have the same order and the same page of Stripe's.
                let key = UUID().uuidString
                async let first = muse.place(key: key)
                async let second = muse.place(key: key)
                let orders = try await [first, second]
                #expect(orders[0].id == orders[1].id && orders[0].session == orders[1].session)
                let statuses = try await inParallel(2) { tab in
                    try await muse.sandbox.post("/checkout/\(orders[tab].session)/pay", "{}").status
                }
                #expect(statuses.sorted() == [200, 409])
                try await eventually("it is paid") { try muse.status(of: orders[0].id) == "paid" ? true : nil }
                let written = try muse.written()
                #expect((written.orders, written.payments, written.emails) == (1, 1, 1))
                #expect(
                    try muse.number("SELECT amount_minor AS n FROM payments") == orders[0].totals.totalMinor)
            }
        }

        @Test func `a delayed payment waits, and counts when it succeeds`() async throws {
            try await RunningMuse.run { muse in
                let order = try await muse.place(RunningMuse.order(RunningMuse.soup))
                try await muse.pay(order, outcome: "delayed")
                #expect(try muse.status(of: order.id) == "awaitingPayment")
                #expect(try muse.number("SELECT count(*) AS n FROM stripe_events WHERE outcome = 'unchanged'") == 1)
                #expect(try muse.written().payments == 0)
                try await Self.settle(order, "succeeded", muse)
                try await eventually("the order is paid") { try muse.status(of: order.id) == "paid" ? true : nil }
                let written = try muse.written()
                #expect((written.payments, written.emails, written.soupLeft) == (1, 1, 2))
            }
        }

        @Test func `a delayed payment that fails gives back what was held`() async throws {
            try await RunningMuse.run { muse in
                let order = try await muse.place(RunningMuse.order(RunningMuse.soup))
                try await muse.pay(order, outcome: "delayed")
                #expect(try muse.written().soupLeft == 2)
                try await Self.settle(order, "failed", muse)
                try await eventually("the order ends") { try muse.status(of: order.id) == "expired" ? true : nil }
                let written = try muse.written()
                #expect((written.payments, written.emails, written.soupLeft) == (0, 0, 3))
            }
        }

        private static func settle(_ order: PlacedOrder, _ outcome: String, _ muse: RunningMuse) async throws {
            let answer = try await muse.sandbox.post(
                "/checkout/\(order.session)/settle", #"{"outcome": "\#(outcome)"}"#)
            #expect(answer.status == 200, "\(answer.text)")
        }

        @Test func `an expired session ends the order and gives back what was held`() async throws {
            try await RunningMuse.run { muse in
                let order = try await muse.place(RunningMuse.order(RunningMuse.soup))
                #expect(try muse.written().soupLeft == 2)
                let answer = try await muse.sandbox.post("/sandbox/sessions/\(order.session)/expire", "{}")
                #expect(answer.status == 200)
                try await eventually("the order ends") { try muse.status(of: order.id) == "expired" ? true : nil }
                let written = try muse.written()
                #expect((written.payments, written.emails, written.events, written.soupLeft) == (0, 0, 1, 3))
                #expect(try muse.number("SELECT count(*) AS n FROM stripe_events WHERE outcome = 'released'") == 1)
            }
        }

        @Test func `sessions of others and events of other kinds change nothing`() async throws {
            try await RunningMuse.run { muse in
                let order = try await muse.place()
                let before = try muse.written()
                #expect(try await muse.deliver("evt_none", Self.completed, session: "cs_test_unknown").status == 200)
                let foreign = try await Self.foreignSession(muse)
                #expect(try await muse.deliver("evt_foreign", Self.completed, session: foreign).status == 200)
                #expect(try await muse.deliver("evt_kind", "customer.created", session: order.session).status == 200)
                // It says paid, but the session itself doesn't: an event is only a hint.
                #expect(try await muse.deliver("evt_early", Self.completed, session: order.session).status == 200)
                var expected = before
                expected.events += 4
                #expect(try muse.written() == expected)
                #expect(try muse.status(of: order.id) == "awaitingPayment")
                #expect(
                    try ["evt_none", "evt_foreign", "evt_kind"].map { try muse.outcome(ofEvent: $0) }
                        == ["ignored", "ignored", "ignored"])
                #expect(try muse.outcome(ofEvent: "evt_early") == "unchanged")
            }
        }

        /// Paid, by the same account, made by another program.
        private static func foreignSession(_ muse: RunningMuse) async throws -> String {
            struct Made: Decodable { let id: String }
            let form = [
                "mode=payment", "success_url=https://elsewhere.example/", "client_reference_id=theirs",
                "line_items[0][quantity]=1", "line_items[0][price_data][currency]=usd",
                "line_items[0][price_data][unit_amount]=900",
                "line_items[0][price_data][product_data][name]=Theirs", "customer_email=eve@example.com",
            ].joined(separator: "&").replacing("[", with: "%5B").replacing("]", with: "%5D")
            let made = try await muse.sandbox.post(
                "/v1/checkout/sessions", form,
                headers: [
                    "Authorization": "Bearer sk_test_muse_sandbox", "Idempotency-Key": UUID().uuidString,
                    "Stripe-Version": "2025-09-30.clover", "Content-Type": "application/x-www-form-urlencoded",
                ])
            let id = try made.decode(Made.self).id
            try await muse.fault("webhooks", "drop")
            #expect(try await muse.sandbox.post("/checkout/\(id)/pay", "{}").status == 200)
            return id
        }
    }
}
