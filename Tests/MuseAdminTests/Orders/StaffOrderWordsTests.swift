import MuseTestSupport
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct StaffOrderWordsTests {
    private static func cancel(_ status: String?) async throws -> StaffOrderPage.Cancel? {
        let counter = try await CheckoutCounter.open()
        let paid = try await counter.plainOrder()
        if let status {
            counter.stripe.dispute("pi_cs_test_1", minor: paid.order.totals.totalMinor, status: status, id: "du_1")
            let dispute = try await counter.stripe.client.retrieveDispute("du_1")
            _ = try await counter.database.write { try DisputeRepository(ids: .live).apply(dispute, in: $0) }
        }
        let detail = try #require(try counter.orders.detail(paid.order.id))
        let standing = try RefundStandingRepository(database: counter.database).standing(of: detail)
        return StaffOrderWords(
            StaffOrderPage.Content(
                detail: detail, refundableMinor: standing.refundableMinor, emails: [], session: nil,
                venue: try VenueRepository(database: counter.database).venue(),
                staff: StaffMember(id: CafeFixture.barista, email: "bea@ncmuse.co", name: "Bea", role: .owner),
                now: counter.cafe.clock.now)
        ).cancel
    }

    @Test func `cancelling promises what can go back, and nothing that a bank has`() async throws {
        #expect(try await Self.cancel(nil)?.cancelLabel == "Cancel and refund $5.15")
        let open = try #require(try await Self.cancel("needs_response"))
        #expect(open.cancelLabel == "Cancel order 1")
        #expect(open.consequence.hasPrefix("The bank holds $5.15 in a dispute: if we win it,"))
        let lost = try #require(try await Self.cancel("lost"))
        #expect(lost.cancelLabel == "Cancel order 1")
        #expect(lost.consequence.hasPrefix("The bank has taken back $5.15 after a dispute."))
        #expect(try await Self.cancel("won")?.cancelLabel == "Cancel and refund $5.15")
    }
}
