import Foundation
import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import NIOCore
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct AdminRefundsRoutesTests {
    /// A site with one paid order of two flat whites, and the Stripe that it was paid at.
    private static func open() async throws -> (site: StaffSite, stripe: StripeDouble, order: OrderDetail) {
        let double = StripeDouble()
        let site = try await StaffSite.open(stripe: double.client)
        let counter = CheckoutCounter(cafe: site.cafe)
        let order = try await counter.place()(CheckoutCounter.request([CheckoutCounter.flatWhite(2)])).order
        counter.stripe.pay("cs_test_1")
        try await counter.settle(orderID: order.id)
        guard let detail = try counter.orders.detail(order.id) else { throw Problem.notFound }
        return (site, double, detail)
    }

    private static func post(
        _ visitor: StaffVisit, _ path: String, _ json: String, key: String?
    ) async throws -> TestResponse {
        var headers: HTTPFields = [
            .accept: "application/json", .contentType: "application/json", .origin: StaffSite.origin,
            .cookie: visitor.cookie ?? "",
        ]
        if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
        return try await visitor.client.execute(
            uri: path, method: .post, headers: headers, body: ByteBuffer(string: json))
    }

    @Test func `a program refunds portions under a key, and the second one is told what is left`() async throws {
        let (site, stripe, order) = try await Self.open()
        let path = "/api/orders/\(order.order.id)/refunds"
        let body = #"{"lines": [{"lineId": "\#(order.lines[0].id)", "quantity": 2}], "reason": "Cold"}"#
        try await site.visit(as: .manager) { visitor in
            #expect(try await Self.post(visitor, path, body, key: nil).status == .badRequest)
            let made = try await Self.post(visitor, path, body, key: "a")
            #expect(made.status == .created)
            #expect(try made.json()["amountMinor"] as? Int == 1030)
            #expect(try await Self.post(visitor, path, body, key: "a").status == .created)
            let late = try await Self.post(visitor, path, body, key: "b")
            #expect(late.status == .conflict)
            #expect(try late.json()["left"] as? Int == 0)
        }
        #expect(stripe.refunds.map(\.amount) == [1030])
    }

    @Test func `a person chooses, reads the figures on the button, and confirms`() async throws {
        let (site, stripe, order) = try await Self.open()
        let id = order.order.id
        let chosen = "portion.\(order.lines[0].id)=1&reason=Cold&restock=true"
        try await site.visit(as: .manager) { visitor in
            let form = try await visitor.get("/orders/\(id)/refund", page: true)
            #expect(form.text.contains("$10.30 of $10.30 can still go back."))
            let figures = try await visitor.get("/orders/\(id)/refund?confirm=true&\(chosen)", page: true)
            #expect(figures.text.contains("Refund $5.15 to the card, put 1 portion back"))
            #expect(stripe.refunds.isEmpty)
            let done = try await visitor.post("/api/orders/\(id)/refunds", form: chosen + "&idempotencyKey=k1")
            #expect(done.status == .seeOther)
            let page = try await visitor.get("/orders/\(id)", page: true)
            #expect(page.text.contains("Refund of $5.15"))
        }
        #expect(stripe.refunds.map(\.amount) == [515])
    }

    @Test func `what Stripe refuses is shown in its words with what was typed`() async throws {
        let (site, stripe, order) = try await Self.open()
        stripe.refundFate = .refused("Your balance is too low.")
        try await site.visit(as: .manager) { visitor in
            let answer = try await visitor.post(
                "/api/orders/\(order.order.id)/refunds", form: "amount=3.00&reason=Late&idempotencyKey=k")
            #expect(answer.status == .conflict)
            #expect(answer.text.contains("Your balance is too low."))
            #expect(answer.text.contains(#"value="3.00""#))
        }
    }

    @Test func `the dashboard is the first page, and a broken row of the ledger turns it red`() async throws {
        let (site, _, order) = try await Self.open()
        let books = ReconciliationRepository(database: site.database)
        let now = WallClock.live.now()
        try await books.finish(startedAt: now, compared: 1, repaired: 0, differences: [])
        try await site.visit(as: .manager) { visitor in
            let green = try await visitor.get("/", page: true)
            #expect(green.text.contains("Money drift: 0"))
            #expect(green.text.contains(#"data-drift="positive""#))
            try await books.finish(
                startedAt: now, compared: 1, repaired: 0,
                differences: [
                    .init(
                        stripeID: "cs_bogus", kind: "unknown", orderID: order.order.id, orderNumber: nil,
                        stripeMinor: 0, ledgerMinor: 4200)
                ])
            let red = try await visitor.get("/", page: true)
            #expect(red.text.contains(#"data-drift="danger""#))
            #expect(red.text.contains("/orders/\(order.order.id)"))
        }
    }
}
