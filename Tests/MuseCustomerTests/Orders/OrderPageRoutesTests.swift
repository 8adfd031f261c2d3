import Foundation
import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct OrderPageRoutesTests {
    private static func counter(_ site: GuestSite) -> CheckoutCounter { CheckoutCounter(cafe: site.cafe) }

    private static func path(_ site: GuestSite, _ id: String) -> String { site.program.counter.links.path(for: id) }

    private static func placed(_ site: GuestSite) async throws -> Order {
        try await site.program.counter.placeOrder(CheckoutCounter.request()).order
    }

    private static func paid(_ site: GuestSite) async throws -> Order {
        let order = try await placed(site)
        site.stripe.pay("cs_test_1")
        try await site.program.counter.settle(orderID: order.id)
        return order
    }

    @Test func `without its link an order is not there`() async throws {
        let site = try await GuestSite.open()
        let id = try await Self.placed(site).id
        let other = try await Self.placed(site).id
        let stranger = site.program.counter.links.token(for: other).text
        try await site.visit { visitor in
            let tokens = ["", "x", stranger, Token.random().text, String(repeating: "a", count: 200)]
            var paths = ["/orders/nope?token=\(stranger)", "/orders/%3Cb%3E?token=\(stranger)"]
            for place in ["/orders/\(id)", "/api/orders/\(id)", "/api/orders/\(id)/stream"] {
                paths += [place] + tokens.map { "\(place)?token=\($0)" }
            }
            for path in paths {
                let answer = try await visitor.get(path)
                #expect(answer.status == .notFound, "\(path)")
            }
        }
    }

    @Test func `an order that waits offers its payment and says how long it is held`() async throws {
        let site = try await GuestSite.open()
        let id = try await Self.placed(site).id
        try await site.visit { visitor in
            let page = try await visitor.get(Self.path(site, id)).text
            for shown in [
                "One step left", "Waiting for your payment", "https://pay.example/cs_test_1",
                "Continue to payment, $5.15",
                "We hold it for you until",
            ] {
                #expect(page.contains(shown), "\(shown)")
            }
        }
    }

    @Test func `who comes back from paying before the news is told that it is being confirmed`() async throws {
        let site = try await GuestSite.open()
        let id = try await Self.placed(site).id
        site.stripe.completeUnpaid("cs_test_1")
        try await site.visit { visitor in
            var visitor = visitor
            visitor.cart = "croissant*1*325**"
            let answer = try await visitor.get(Self.path(site, id) + "&from=checkout")
            for shown in ["Confirming your payment", "this page changes by itself", "data-state=\"confirming\""] {
                #expect(answer.text.contains(shown), "\(shown)")
            }
            #expect(!answer.text.lowercased().contains("failed"))
            #expect(!answer.text.contains("Continue to payment"))
            #expect(answer.cart == nil)
        }
    }

    @Test func `the page itself settles a payment whose webhook is late, once, and empties the cart`() async throws {
        let site = try await GuestSite.open()
        let id = try await Self.placed(site).id
        site.stripe.pay("cs_test_1")
        try await site.visit { visitor in
            var visitor = visitor
            visitor.cart = "flat-white*1*480*oat-milk*"
            visitor.waiting = "\(id)!key-1!\(site.program.counter.links.token(for: id).text)"
            let answer = try await visitor.get(Self.path(site, id) + "&from=checkout")
            #expect(answer.text.contains("Received, about"))
            #expect(answer.text.contains("Paid by card at"))
            #expect(answer.cart == "")
            visitor.keep(answer)
            _ = try await visitor.get(Self.path(site, id) + "&from=checkout")
            #expect(site.stripe.calls.filter { $0 == "retrieve" }.count == 1)
        }
    }

    @Test func `what Stripe says of a payment counts, and the address only while it says nothing`() async throws {
        let site = try await GuestSite.open()
        let (unasked, open, done) = (
            try await Self.placed(site).id, try await Self.placed(site).id, try await Self.placed(site).id
        )
        site.stripe.completeUnpaid("cs_test_3")
        try await site.visit { visitor in
            site.stripe.isAway = true
            let back = try await visitor.get(Self.path(site, unasked) + "&from=checkout").text
            #expect(back.contains("Confirming your payment"))
            #expect(try await visitor.get(Self.path(site, unasked)).text.contains("Waiting for your payment"))
            site.stripe.isAway = false
            let left = try await visitor.get(Self.path(site, open) + "&from=checkout").text
            #expect(left.contains("Waiting for your payment"))
            // The second time it was asked a moment ago: what Stripe said then still counts.
            for _ in 0..<2 {
                #expect(try await visitor.get(Self.path(site, done)).text.contains("Confirming your payment"))
            }
        }
    }

    @Test func `an order for another day says so wherever its time stands`() async throws {
        let site = try await GuestSite.open()
        let id = try await Self.paid(site).id
        let tomorrow = site.program.counter.now().adding(seconds: 26 * 3600)
        try await site.database.write {
            try $0.execute(
                "UPDATE orders SET wanted_at_ms = \(tomorrow), promised_at_ms = \(tomorrow) WHERE id = \(id)")
        }
        let day = site.program.counter.venues
        let words = try day.current().timeZone.dayAndTime(tomorrow)
        try await site.visit { visitor in
            let page = try await visitor.get(Self.path(site, id)).text
            #expect(page.contains("Pickup for Ada Lovelace, \(words)"))
            #expect(page.contains("We said \(words)."))
            let receipt = try await visitor.get(
                "/orders/\(id)/receipt?token=" + site.program.counter.links.token(for: id).text)
            #expect(receipt.text.contains(words))
        }
    }

    @Test func `what was refunded in full is not waited for`() async throws {
        let site = try await GuestSite.open()
        let id = try await Self.paid(site).id
        try await site.database.write {
            try $0.execute(
                """
                INSERT INTO refunds
                  (id, order_id, amount_minor, reason, state, payment_intent_id, next_attempt_at_ms, created_at_ms)
                VALUES ('r1', \(id), 515, 'spilt', 'succeeded', 'pi_1', 0, \($0.now))
                """)
        }
        try await site.visit { visitor in
            let page = try await visitor.get(Self.path(site, id)).text
            #expect(page.contains("Refunded in full"))
            #expect(!page.contains("Received, about"))
        }
    }

    @Test(arguments: [
        (OrderStatus.paid, ["Received, about", "Order 1", "Why this total"]),
        (.preparing, ["Being made", "The kitchen began"]), (.ready, ["Ready at the counter", "Say your name"]),
        (.completed, ["Collected at", "Thank you for coming by.", "Order something else"]),
        (.cancelled, ["Cancelled", "The kitchen could not make it.", "$5.15 is on its way back"]),
    ])
    func `each state is said in words`(_ status: OrderStatus, _ words: [String]) async throws {
        let site = try await GuestSite.open()
        let id = try await Self.paid(site).id
        if status != .paid { _ = try await Self.counter(site).move(id, to: status) }
        try await site.visit { visitor in
            let answer = try await visitor.get(Self.path(site, id))
            for shown in words + ["Flat white", "Oat milk", "$5.15"] {
                #expect(answer.text.contains(shown), "\(shown)")
            }
            #expect(answer.headers[.cacheControl] == "no-store")
            // It shows its token beside what the address decides, so it is never compressed.
            let packed = try await visitor.get(Self.path(site, id), headers: [.acceptEncoding: "gzip"])
            #expect(packed.headers[.contentEncoding] == nil)
        }
    }

    @Test func `an order that was not paid in time says that nothing was charged`() async throws {
        let site = try await GuestSite.open()
        let id = try await Self.placed(site).id
        try await site.database.write { try OrderRepository.setStatus(.expired, of: id, in: $0) }
        try await site.visit { visitor in
            let page = try await visitor.get(Self.path(site, id)).text
            for shown in ["Not paid in time", "Nothing was charged.", "Back to the cart"] {
                #expect(page.contains(shown), "\(shown)")
            }
        }
    }

    @Test func `a program reads the same order as JSON`() async throws {
        let site = try await GuestSite.open()
        let id = try await Self.paid(site).id
        try await site.visit { visitor in
            let json = try await visitor.api("/api" + Self.path(site, id)).json()
            #expect(json["status"] as? String == "paid")
            #expect(json["number"] as? Int == 1)
            #expect((json["lines"] as? [[String: Any]])?.first?["name"] as? String == "Flat white")
            #expect((json["timeline"] as? [[String: Any]])?.compactMap { $0["kind"] as? String } == ["placed", "paid"])
            #expect((json["refunds"] as? [Any])?.isEmpty == true)
            #expect((json["totals"] as? [String: Any])?["totalMinor"] as? Int == 515)
        }
    }

    @Test func `a place that moves is told in words, and nothing else is said to be new`() async throws {
        let site = try await GuestSite.open()
        let counter = Self.counter(site)
        let first = try await counter.plainOrder().order.id
        // Orders of one instant stand in no order that a test could expect.
        site.cafe.clock.advance(seconds: 1)
        let id = try await counter.plainOrder().order.id
        let path = "/api/orders/\(id)/stream?token=\(site.program.counter.links.token(for: id).text)"
        try await site.listen { port in
            let connection = try RawConnection(port: port)
            try connection.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
            func read(_ words: String) async throws -> String {
                let bytes = try await connection.read { String(decoding: $0, as: UTF8.self).contains(words) }
                return String(decoding: bytes, as: UTF8.self)
            }
            let before = try await read("1 order before yours.")
            _ = try await counter.move(first, to: .ready)
            let after = try await read("Yours is next.")
            let revision = try #require(before.firstMatch(of: #/"revision":"([^"]+)"/#)?.1)
            #expect(after.contains("\"revision\":\"\(revision)\""))
            #expect(after.contains("\"readyInMinutes\":"))
        }
    }

    @Test func `the stream tells the order at once and again after each change`() async throws {
        let site = try await GuestSite.open()
        let id = try await Self.paid(site).id
        let path = "/api/orders/\(id)/stream?token=\(site.program.counter.links.token(for: id).text)"
        let counter = Self.counter(site)
        try await site.listen { port in
            let connection = try RawConnection(port: port)
            try connection.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
            let first = try await connection.read {
                String(decoding: $0, as: UTF8.self).contains("\"status\":\"paid\"")
            }
            let head = String(decoding: first, as: UTF8.self).lowercased()
            #expect(head.contains("content-type: text/event-stream"))
            #expect(head.contains("event: order"))
            _ = try await counter.move(id, to: .preparing)
            let next = try await connection.read {
                String(decoding: $0, as: UTF8.self).contains("\"status\":\"preparing\"")
            }
            #expect(String(decoding: next, as: UTF8.self).contains("event: order"))
        }
    }
}
