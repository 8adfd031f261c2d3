import Foundation
import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct AdminOrdersRoutesTests {
    /// A paid order of two flat whites.
    private static func paidOrder(_ site: StaffSite) async throws -> String {
        let counter = CheckoutCounter(cafe: site.cafe)
        let id = try await counter.place()(CheckoutCounter.request([CheckoutCounter.flatWhite(2)])).order.id
        try await site.database.write { transaction in
            guard let order = try OrderRepository.order(id, in: transaction) else { return }
            try SettlementRepository(ids: .live).markPaid(order, in: transaction)
            try LedgerRepository(ids: .live).record(
                .init(
                    orderID: id, kind: .charge, amountMinor: order.totals.totalMinor, stripeID: "cs_\(id)",
                    paymentIntent: "pi_\(id)"),
                in: transaction)
        }
        return id
    }

    private static func status(_ site: StaffSite, _ id: String) throws -> OrderStatus? {
        try OrderRepository(database: site.database).order(id)?.status
    }

    @Test func `a paid order is on the board and in the list, with its name and lines`() async throws {
        let site = try await StaffSite.open()
        let id = try await Self.paidOrder(site)
        try await site.visit(as: .manager) { visitor in
            let board = try await visitor.get("/board", page: true)
            for shown in ["order-\(id)", "Ada Lovelace", "Flat white", "Oat milk", "pickup"] {
                #expect(board.text.contains(shown), "\(shown)")
            }
            #expect(try await visitor.get("/orders", page: true).text.contains("/orders/\(id)"))
            let list = try await visitor.get("/api/orders?q=ada").json()
            #expect((list["orders"] as? [[String: Any]])?.first?["id"] as? String == id)
            let open = try await visitor.get("/api/orders?status=open").json()
            #expect((open["orders"] as? [[String: Any]])?.count == 1)
        }
    }

    @Test func `nothing unpaid is on the board`() async throws {
        let site = try await StaffSite.open()
        let id = try await CheckoutCounter(cafe: site.cafe).place()(CheckoutCounter.request()).order.id
        try await site.visit(as: .manager) { visitor in
            let board = try await visitor.get("/board", page: true)
            #expect(!board.text.contains(id))
            let list = try await visitor.get("/orders", page: true)
            #expect(list.text.contains(id))
        }
    }

    @Test func `the order's page says everything about it`() async throws {
        let site = try await StaffSite.open()
        let id = try await Self.paidOrder(site)
        try await site.visit(as: .manager) { visitor in
            let page = try await visitor.get("/orders/\(id)", page: true)
            #expect(page.status == .ok)
            for shown in [
                "Ada Lovelace", "ada@example.com", "$10.30", "Sales tax", "Cancel and refund $10.30",
                "/api/notifications",
            ] {
                #expect(page.text.contains(shown), "\(shown)")
            }
            let json = try await visitor.get("/api/orders/\(id)").json()
            #expect(json["moves"] as? [String] == ["preparing", "cancelled"])
        }
    }

    @Test func `a form moves the order and comes back, a program gets the order`() async throws {
        let site = try await StaffSite.open()
        let id = try await Self.paidOrder(site)
        try await site.visit(as: .manager) { visitor in
            let form = try await visitor.post(
                "/api/orders/\(id)/status", form: "status=preparing&returnTo=%2Fboard")
            #expect(form.headers[.location] == "/board")
            #expect(try Self.status(site, id) == .preparing)
            let answer = try await visitor.send(.post, "/api/orders/\(id)/status", json: #"{"status":"ready"}"#)
            #expect(try answer.json()["status"] as? String == "ready")
            let timeline = try answer.json()["timeline"] as? [[String: Any]]
            #expect(timeline?.last?["staff"] as? String == "manager")
        }
    }

    @Test func `the kitchen moves an order without seeing its guest's address`() async throws {
        let site = try await StaffSite.open()
        let id = try await Self.paidOrder(site)
        try await site.visit(as: .kitchen) { visitor in
            let answer = try await visitor.send(.post, "/api/orders/\(id)/status", json: #"{"status":"preparing"}"#)
            #expect(answer.status == .ok)
            #expect(!answer.text.contains("ada@example.com"))
            #expect(try await visitor.get("/orders/\(id)").status == .forbidden)
        }
    }

    @Test func `cancelling is money, so it needs its own permission`() async throws {
        let site = try await StaffSite.open()
        let id = try await Self.paidOrder(site)
        try await site.visit(as: .staff) { visitor in
            let answer = try await visitor.send(.post, "/api/orders/\(id)/status", json: #"{"status":"cancelled"}"#)
            #expect(answer.status == .forbidden)
            #expect(try await !visitor.get("/orders/\(id)", page: true).text.contains("Cancel and refund"))
            #expect(try Self.status(site, id) == .paid)
        }
    }

    @Test func `a move that makes no sense any more says where the order is`() async throws {
        let site = try await StaffSite.open()
        let id = try await Self.paidOrder(site)
        try await site.visit(as: .manager) { visitor in
            let answer = try await visitor.send(.post, "/api/orders/\(id)/status", json: #"{"status":"completed"}"#)
            #expect(answer.status == .conflict)
            #expect(try answer.json()["orderStatus"] as? String == "paid")
            let page = try await visitor.post("/api/orders/\(id)/status", form: "status=completed")
            #expect(page.status == .conflict)
            #expect(page.text.contains("moved on"))
            let board = try await visitor.post("/api/orders/\(id)/status", form: "status=completed&returnTo=%2Fboard")
            #expect(board.headers[.location] == "/board")
        }
    }

    @Test(arguments: [#"{"status":"eaten"}"#, "{}", #"{"status":null}"#])
    func `an unknown state is refused`(_ body: String) async throws {
        let site = try await StaffSite.open()
        let id = try await Self.paidOrder(site)
        try await site.visit(as: .manager) { visitor in
            let answer = try await visitor.send(.post, "/api/orders/\(id)/status", json: body)
            #expect(answer.status == .unprocessableContent)
        }
    }

    @Test(arguments: ["status=eaten", "day=yesterday", "cursor=x"])
    func `a filter that can't be is refused`(_ query: String) async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let answer = try await visitor.get("/api/orders?\(query)")
            #expect(answer.status == .unprocessableContent)
        }
    }

    @Test func `the list goes on where its page ended, without a gap or a repeat`() async throws {
        let site = try await StaffSite.open()
        let place = CheckoutCounter(cafe: site.cafe).place()
        for _ in 0..<(OrdersFilter.pageSize + 5) {
            _ = try await place(CheckoutCounter.request())
            site.cafe.clock.advance(seconds: 1)
        }
        try await site.visit(as: .manager) { visitor in
            let first = try await visitor.get("/api/orders").json()
            let cursor = try #require(first["next"] as? String)
            let second = try await visitor.get("/api/orders?cursor=\(cursor)").json()
            let ids = [first, second].flatMap {
                ($0["orders"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
            }
            #expect(ids.count == OrdersFilter.pageSize + 5)
            #expect(Set(ids).count == ids.count)
            #expect(second["next"] == nil)
            #expect(try await visitor.get("/orders", page: true).text.contains("cursor=\(cursor)"))
        }
    }

    @Test func `a message that was refused is shown again on the order's page`() async throws {
        let site = try await StaffSite.open()
        let id = try await Self.paidOrder(site)
        try await site.visit(as: .staff) { visitor in
            let form = "orderId=\(id)&to=ada%40example.com&subject=&text=We+kept+your+scarf"
            let answer = try await visitor.post("/api/notifications", form: form)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("We kept your scarf"))
            let good = "orderId=\(id)&to=ada%40example.com&subject=Scarf&text=We+kept+your+scarf"
            #expect(try await visitor.post("/api/notifications", form: good).headers[.location] == "/orders/\(id)")
            #expect(try await visitor.get("/orders/\(id)", page: true).text.contains("Scarf"))
        }
    }
}
