import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct BoardRoutesTests {
    @Test func `nothing unpaid is on any board`() async throws {
        let site = try await StaffSite.open()
        let counter = CheckoutCounter(cafe: site.cafe)
        let paid = try await counter.fullOrder().order.id
        let unpaid = try await counter.fullOrder(isPaid: false).order.id
        let expired = try await counter.fullOrder(isPaid: false).order.id
        try await site.database.write {
            try SettlementRepository(ids: .live).expireOrder(expired, in: $0)
        }
        let cancelled = try await counter.move(try await counter.fullOrder().order.id, to: .cancelled).order.id
        try await site.visit(as: .kitchen) { visitor in
            for path in ["/board", "/board?station=bar", "/api/board", "/api/board?station=bar"] {
                let board = try await visitor.get(path, page: !path.hasPrefix("/api/"))
                #expect(board.status == .ok)
                #expect(board.text.contains(paid))
                for id in [unpaid, expired, cancelled] { #expect(!board.text.contains(id), "\(path)") }
            }
        }
    }

    @Test func `what went back to the guest is said on card and ticket, so that nobody makes it for nobody`()
        async throws
    {
        let site = try await StaffSite.open()
        let counter = CheckoutCounter(cafe: site.cafe)
        let (all, part) = (try await counter.fullOrder().order, try await counter.fullOrder().order)
        try await site.visit(as: .kitchen) { visitor in
            #expect(try await !visitor.get("/board", page: true).text.contains("efunded"))
            try await counter.giveBack(all)
            try await counter.giveBack(part, minor: 420)
            let board = try await visitor.get("/board", page: true).text
            #expect(board.contains("Refunded in full: ask before making it"))
            #expect(board.contains("$4.20 refunded"))
            #expect(try await visitor.get("/orders/\(all.id)/ticket", page: true).text.contains("Refunded in full"))
        }
    }

    @Test func `a station shows its own lines, until they are done`() async throws {
        let site = try await StaffSite.open()
        let counter = CheckoutCounter(cafe: site.cafe)
        let id = try await counter.fullOrder().order.id
        try await counter.putToStations()
        try await site.visit(as: .kitchen) { visitor in
            let oven = try await visitor.get("/board?station=oven", page: true).text
            #expect(oven.contains("Croissant") && oven.contains("Bar: 2 to do"))
            #expect(!oven.contains("Extra hot"))
            let done = try await visitor.post(
                "/api/orders/\(id)/done", form: "station=oven&isDone=true&returnTo=%2Fboard%3Fstation%3Doven")
            #expect(done.headers[.location] == "/board?station=oven")
            let after = try await visitor.get("/board?station=oven", page: true).text
            #expect(!after.contains("id=\"order-\(id)\"") && after.contains("aria-label=\"Recall, order"))
            #expect(try await visitor.get("/board?station=bar", page: true).text.contains("Done, order ready"))
            // Called back: open again, and on the station's board.
            _ = try await visitor.post("/api/orders/\(id)/done", form: "station=oven&isDone=false")
            #expect(try await visitor.get("/board?station=oven", page: true).text.contains("id=\"order-\(id)\""))
        }
    }

    @Test func `a tap comes with the state it saw and an id, and can be taken back`() async throws {
        let site = try await StaffSite.open()
        let counter = CheckoutCounter(cafe: site.cafe)
        let id = try await counter.fullOrder().order.id
        try await site.visit(as: .kitchen) { visitor in
            let start = #"{"status": "preparing", "seen": "paid", "tap": "t1"}"#
            for _ in 1...2 {
                #expect(try await visitor.send(.post, "/api/orders/\(id)/status", json: start).status == .ok)
            }
            let late = #"{"status": "completed", "seen": "ready", "tap": "t2"}"#
            let refused = try await visitor.send(.post, "/api/orders/\(id)/status", json: late)
            #expect(refused.status == .conflict)
            #expect(try refused.json()["orderStatus"] as? String == "preparing")
            let undone = try await visitor.send(.post, "/api/board/taps/t1/undo", json: "{}")
            #expect(try undone.json()["status"] as? String == "paid")
            #expect(try await visitor.send(.post, "/api/board/taps/t9/undo", json: "{}").status == .notFound)
            let odd = try await visitor.send(
                .post, "/api/orders/\(id)/status", json: #"{"status": "preparing", "tap": "NO!"}"#)
            #expect(odd.status == .unprocessableContent)
        }
    }

    @Test func `a form that came too late goes back to the board, which says why`() async throws {
        let site = try await StaffSite.open()
        let counter = CheckoutCounter(cafe: site.cafe)
        let detail = try await counter.fullOrder()
        let line = try #require(detail.lines.first)
        try await site.visit(as: .staff) { visitor in
            let path = "/api/orders/\(detail.order.id)/done"
            _ = try await visitor.post(path, form: "line=\(line.id)&done=1&seen=0")
            let late = try await visitor.post(path, form: "line=\(line.id)&done=2&seen=0&returnTo=%2Fboard")
            #expect(late.status == .seeOther && late.headers[.location] == "/board")
            #expect(late.headers[values: .setCookie].contains { $0.contains("flash=warning") })
            let wrong = try await visitor.send(.post, path, json: #"{"line": "\#(line.id)"}"#)
            #expect(wrong.status == .unprocessableContent)
        }
    }

    @Test func `a ticket is printed of what is paid, station by station, and of nothing else`() async throws {
        let site = try await StaffSite.open()
        let counter = CheckoutCounter(cafe: site.cafe)
        let paid = try await counter.fullOrder().order.id
        try await counter.putToStations()
        let unpaid = try await counter.fullOrder(isPaid: false).order.id
        try await site.visit(as: .kitchen) { visitor in
            let ticket = try await visitor.get("/orders/\(paid)/ticket", page: true)
            for part in ["Bar", "Oven", "Extra hot", "It is a birthday", "Oat milk"] {
                #expect(ticket.text.contains(part), "\(part)")
            }
            let none = try await visitor.get("/orders/\(unpaid)/ticket", page: true)
            #expect(none.status == .notFound)
        }
    }

    @Test func `an odd station is refused, an unknown one is empty`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .kitchen) { visitor in
            let odd = try await visitor.get("/board?station=B%C3%84R", page: true)
            #expect(odd.status == .unprocessableContent)
            let unknown = try await visitor.get("/board?station=grill", page: true)
            #expect(unknown.status == .ok)
        }
    }
}
