import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct ReceiptTests {
    @Test func `it tells the venue, what was had, the tax by its rate and what was paid`() async throws {
        let site = try await GuestSite.open()
        let counter = CheckoutCounter(cafe: site.cafe)
        let order = try await counter.fullOrder().order
        let token = site.program.counter.links.token(for: order.id).text
        try await site.visit { visitor in
            let page = try await visitor.get("/orders/\(order.id)/receipt?token=\(token)")
            #expect(page.status == .ok)
            for part in [
                "12 Camden Road, Charlotte", "Receipt for order \(order.number ?? 0)", "Flat white", "Oat milk",
                "Extra shot", "Sales tax", "7.25 %", "Tip", "Paid by card",
                Money(minor: order.totals.totalMinor, currency: .usd).formatted,
            ] {
                #expect(page.text.contains(part), "\(part)")
            }
            #expect(page.headers[.contentEncoding] == nil)
        }
    }

    @Test func `what went back is on it, and what was paid in the end`() async throws {
        let counter = try await CheckoutCounter.open()
        let detail = try await counter.move(try await counter.fullOrder().order.id, to: .cancelled)
        let page = ReceiptPage(
            OrderView(
                detail: detail, venue: try VenueRepository(database: counter.database).venue(), token: "t",
                payURL: nil, isInPayment: false, now: counter.cafe.clock.now))
        let returned = try #require(page.returned)
        #expect(returned.returned.count == 1)
        #expect(returned.keptAmount == "$0.00")
    }

    @Test func `without the link there is none, and before payment it leads to the order`() async throws {
        let site = try await GuestSite.open()
        let counter = CheckoutCounter(cafe: site.cafe)
        let order = try await counter.fullOrder(isPaid: false).order
        let token = site.program.counter.links.token(for: order.id).text
        try await site.visit { visitor in
            #expect(try await visitor.get("/orders/\(order.id)/receipt?token=nobody").status == .notFound)
            #expect(try await visitor.get("/orders/\(order.id)/receipt").status == .notFound)
            let early = try await visitor.get("/orders/\(order.id)/receipt?token=\(token)")
            #expect(early.headers[.location] == "/orders/\(order.id)?token=\(token)")
        }
    }
}
