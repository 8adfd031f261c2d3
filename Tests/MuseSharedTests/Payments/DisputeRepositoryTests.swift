import Logging
import MuseTestSupport
import Testing

@testable import MuseShared

struct DisputeRepositoryTests {
    private struct Till {
        let counter: CheckoutCounter
        let order: Order
        let lines: [OrderLine]

        var total: Int64 { order.totals.totalMinor }

        func dispute(_ status: String) async throws {
            counter.stripe.dispute("pi_cs_test_1", minor: total, status: status, id: "du_1")
            let dispute = try await counter.stripe.client.retrieveDispute("du_1")
            _ = try await counter.database.write { try DisputeRepository(ids: .live).apply(dispute, in: $0) }
        }

        func refund(_ minor: Int64) async throws {
            _ = try await RefundOrder(
                database: counter.database, stripe: counter.stripe.client, logger: Logger(label: "test"))(
                    .init(orderID: order.id, scope: .amount(minor: minor), reason: "Cold", restocks: false),
                    by: .init(staffID: CafeFixture.barista, idempotencyKey: IDSource.live.next()))
        }

        func returned() throws -> ReturnedTable? {
            let zone = try VenueRepository(database: counter.database).venue().timeZone
            return try counter.orders.detail(order.id).flatMap { ReturnedTable($0, zone: zone) }
        }
    }

    private func till() async throws -> Till {
        let counter = try await CheckoutCounter.open()
        let paid = try await counter.plainOrder()
        return Till(counter: counter, order: paid.order, lines: paid.lines)
    }

    @Test func `a dispute won on an order that was cancelled meanwhile gives the guest the money back`() async throws {
        let till = try await till()
        try await till.dispute("needs_response")
        _ = try await till.counter.move(till.order.id, to: .cancelled)
        #expect(try till.counter.orders.detail(till.order.id)?.refunds.isEmpty == true)
        for _ in 0..<2 { try await till.dispute("won") }
        let issue = IssueRefunds(
            database: till.counter.database, stripe: till.counter.stripe.client, logger: Logger(label: "test"))
        #expect(try await issue() == 1)
        #expect(till.counter.stripe.refunds.map(\.amount) == [till.total])
        let detail = try #require(try till.counter.orders.detail(till.order.id))
        #expect(detail.refunds.map(\.state) == ["succeeded"])
        #expect(try RefundedParts.areTheOrders(till.order.id, till.counter.database) == true)
        let letters = try till.counter.database.first(
            "SELECT COUNT(*) AS n FROM emails WHERE template = 'refund-issued'")
        #expect(try letters?.int("n") == 1)
    }

    @Test func `a dispute won on an order that was made, or lost on one that was cancelled, moves nothing`()
        async throws
    {
        let made = try await till()
        try await made.dispute("needs_response")
        try await made.dispute("won")
        #expect(try made.counter.orders.detail(made.order.id)?.refunds.isEmpty == true)
        let lost = try await till()
        try await lost.dispute("needs_response")
        _ = try await lost.counter.move(lost.order.id, to: .cancelled)
        try await lost.dispute("lost")
        #expect(try lost.counter.orders.detail(lost.order.id)?.refunds.isEmpty == true)
    }

    @Test func `the table of money says what the bank took, until we win it back`() async throws {
        let till = try await till()
        try await till.refund(100)
        till.counter.stripe.dispute("pi_cs_test_1", minor: till.total - 100, id: "du_1")
        let open = try await till.counter.stripe.client.retrieveDispute("du_1")
        _ = try await till.counter.database.write { try DisputeRepository(ids: .live).apply(open, in: $0) }
        let held = try #require(try till.returned())
        #expect(held.returned.map(\.label) == ["Given back", "Taken back by the bank"])
        #expect(held.returned.last?.explanation.hasSuffix("disputed and not decided yet") == true)
        #expect(held.keptAmount == "$0.00")
        try await till.dispute("won")
        #expect(try till.returned()?.returned.map(\.label) == ["Given back"])
        #expect(try till.returned()?.keptAmount == "$4.15")
    }
}
