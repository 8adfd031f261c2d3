import Foundation
import Testing

@testable import MuseShared

extension EndToEnd {
    /// The smallest and the largest amounts, asked of the real programs over the network.
    @Suite struct MoneyEdgeTests {
        private static func insertCode(_ muse: RunningMuse) async throws {
            try await muse.database.write { transaction in
                try PromoCodeRepository.insert(
                    PromoCode.Terms(code: "ALL", reduction: .percent(millionths: 1_000_000)), id: "all", in: transaction
                )
            }
        }

        private static func price(_ muse: RunningMuse, _ minor: Int64, of item: String) async throws {
            try await muse.database.write { transaction in
                try transaction.execute("UPDATE menu_items SET price_minor = \(minor) WHERE id = \(item)")
                try CacheVersionRepository.bump(.menu, in: transaction)
            }
        }

        @Test func `a code of 100 % is an order that is paid at once, confirmed and on the board`() async throws {
            try await RunningMuse.run { muse in
                try await Self.insertCode(muse)
                let board = try BoardScreen(try await muse.startAdmin())
                try await board.hears("event: board")
                let answer = try await muse.guest.post(
                    "/api/orders", RunningMuse.order(more: #", "promoCode": "all", "expectedTotalMinor": 0"#),
                    headers: ["Idempotency-Key": "k"])
                #expect(answer.status == 201, "\(answer.text)")
                // Its absence would leave a program guessing.
                #expect(answer.text.contains("\"checkoutUrl\":null"))
                let order = try answer.decode(PlacedOrder.self)
                #expect(order.status == "paid")
                #expect(order.totals.totalMinor == 0)
                try await board.hears("order-\(order.id)")
                let mail = try await eventually("a confirmation") {
                    try await muse.mailbox().first {
                        $0.to == ["ada@example.com"] && $0.subject.contains("is confirmed")
                    }
                }
                #expect(mail.text?.contains("Code ALL, 100 % of $4.80: −$4.80") == true, "\(mail.text ?? "")")
                #expect(mail.text?.contains("Total: $0.00") == true)
                #expect(try muse.number("SELECT count(*) AS n FROM payments") == 0)
                #expect(try muse.number("SELECT use_count AS n FROM promo_codes") == 1)
            }
        }

        @Test func `a tip on what costs nothing is still paid by card`() async throws {
            try await RunningMuse.run { muse in
                try await Self.insertCode(muse)
                let order = try await muse.place(RunningMuse.order(more: #", "promoCode": "ALL", "tipMinor": 100"#))
                #expect(order.status == "awaitingPayment")
                #expect(order.totals.totalMinor == 100)
                try await muse.pay(order)
                #expect(try muse.status(of: order.id) == "paid")
                #expect(try muse.number("SELECT amount_minor AS n FROM payments") == 100)
            }
        }

        @Test(arguments: [Int64(1), 30, 45])
        func `less than a card can be charged is refused with a sentence, and Stripe is not asked`(
            _ minor: Int64
        ) async throws {
            // Without a sandbox: whoever asked Stripe would be told 503.
            try await RunningMuse.run(.init(hasSandbox: false)) { muse in
                try await Self.price(muse, minor, of: "croissant")
                let before = try muse.written()
                let answer = try await muse.guest.post(
                    "/api/orders", RunningMuse.order(#"{"kind": "item", "itemId": "croissant", "quantity": 1}"#),
                    headers: ["Idempotency-Key": "k"])
                #expect(answer.status == 422, "\(answer.text)")
                let errors = try answer.decode(ProblemAnswer.self).errors ?? []
                #expect(errors.first?.message == "A card payment is at least $0.50. Add something to the order.")
                #expect(try muse.written() == before)
            }
        }

        @Test func `amounts at the edge of 64 bits are refused, trap nothing and write nothing`() async throws {
            try await RunningMuse.run(.init(hasSandbox: false)) { muse in
                // The dearest that the schema takes, a hundred times in each of sixty lines.
                try await Self.price(muse, 100_000_000, of: "water")
                let before = try muse.written()
                let dear = #"{"kind": "item", "itemId": "water", "quantity": 100}"#
                let most = "9223372036854775807"
                let bodies = [
                    RunningMuse.order(dear),
                    RunningMuse.order(Array(repeating: dear, count: 60).joined(separator: ",")),
                    RunningMuse.order(#"{"kind": "item", "itemId": "water", "quantity": \#(most)}"#),
                    RunningMuse.order(
                        #"{"kind": "item", "itemId": "flat-white", "quantity": 1, "options": [{"id": "oat-milk", "quantity": \#(most)}]}"#
                    ),
                    RunningMuse.order(more: #", "tipMinor": \#(most)"#),
                    RunningMuse.order(more: #", "tipMinor": -9223372036854775808"#),
                    RunningMuse.order(more: #", "tipMinor": 9223372036854775808"#),
                    RunningMuse.order(dear, more: #", "tipMinor": \#(most), "promoCode": "ALL""#),
                ]
                for body in bodies {
                    for path in ["/api/orders", "/api/quotes"] {
                        let answer = try await muse.guest.post(
                            path, body, headers: ["Idempotency-Key": UUID().uuidString])
                        #expect(answer.status == 422, "\(path) \(body.prefix(200)): \(answer.text.prefix(300))")
                    }
                }
                for expected in [most, "-9223372036854775808"] {
                    let answer = try await muse.guest.post(
                        "/api/orders", RunningMuse.order(more: #", "expectedTotalMinor": \#(expected)"#),
                        headers: ["Idempotency-Key": UUID().uuidString])
                    #expect(answer.status == 409, "\(answer.text.prefix(300))")
                }
                #expect(try muse.written() == before)
                #expect(try await muse.guest.get("/readyz").status == 200)
            }
        }
    }
}
