import MuseTestSupport
import Testing

@testable import MuseShared

struct MoveOrderTests {
    private func paid() async throws -> (CheckoutCounter, String) {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.place()(CheckoutCounter.request()).order
        counter.stripe.pay("cs_test_1")
        try await counter.settle(orderID: order.id)
        return (counter, order.id)
    }

    @Test func `an order moves along and each move is in its timeline with who made it`() async throws {
        let (counter, id) = try await paid()
        let move = MoveOrder(database: counter.database)
        for status in [OrderStatus.preparing, .ready, .completed] {
            counter.cafe.clock.advance(seconds: 60)
            #expect(try await move(.init(orderID: id, to: status, staffID: CafeFixture.barista)) == status)
        }
        let events = try #require(try counter.orders.detail(id)).events
        #expect(events.map(\.kind) == ["placed", "paid", "preparing", "ready", "completed"])
        #expect(events.last?.staffName == "Bea")
    }

    @Test func `ready tells the guest once, also after an undo`() async throws {
        let (counter, id) = try await paid()
        let move = MoveOrder(database: counter.database)
        for status in [OrderStatus.preparing, .ready, .preparing, .ready] {
            _ = try await move(.init(orderID: id, to: status, staffID: CafeFixture.barista))
        }
        let sent = try counter.database.first("SELECT COUNT(*) AS n FROM emails WHERE template = 'order-ready'")
        #expect(try sent?.int("n") == 1)
    }

    @Test func `a move that makes no sense is refused with what the order is`() async throws {
        let (counter, id) = try await paid()
        do {
            _ = try await MoveOrder(database: counter.database)(
                .init(orderID: id, to: .completed, staffID: CafeFixture.barista))
            Issue.record("moved")
        } catch {
            guard case .notFrom(.paid, to: .completed) = error else { throw error }
        }
    }

    @Test func `an unpaid order can't be moved and is never on the board`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.place()(CheckoutCounter.request()).order
        await #expect(throws: MoveOrder.Refusal.self) {
            try await MoveOrder(database: counter.database)(
                .init(orderID: order.id, to: .preparing, staffID: CafeFixture.barista))
        }
        #expect(try BoardRepository(database: counter.database).open().isEmpty)
    }

    @Test func `who cancels stands in the log and on the refund`() async throws {
        let (counter, id) = try await paid()
        _ = try await MoveOrder(database: counter.database)(
            .init(orderID: id, to: .cancelled, staffID: CafeFixture.barista))
        let refund = try counter.database.first("SELECT staff_id, reason FROM refunds WHERE order_id = \(id)")
        #expect(try refund?.optionalText("staff_id") == CafeFixture.barista)
        #expect(try refund?.text("reason") == "cancelled")
        let log = try counter.database.first("SELECT * FROM action_log WHERE subject_id = \(id)")
        #expect(try log?.text("action") == "order.cancelled")
        #expect(try log?.optionalText("staff_id") == CafeFixture.barista)
        #expect(try log?.text("difference").contains(#""refundedMinor""#) == true)
        // The letter of the refund tells the guest, once Stripe has made it.
        #expect(try counter.database.first("SELECT id FROM emails WHERE template = 'order-cancelled'") == nil)
    }

    @Test func `an order that cost nothing is cancelled with a letter of its own`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.place()(
            CheckoutCounter.request([CheckoutCounter.line(CafeFixture.water, 1)])
        ).order
        _ = try await MoveOrder(database: counter.database)(
            .init(orderID: order.id, to: .cancelled, staffID: CafeFixture.barista))
        let letter = try counter.database.first("SELECT data FROM emails WHERE template = 'order-cancelled'")
        #expect(try letter?.text("data").contains("There was nothing to pay") == true)
        #expect(try counter.database.first("SELECT id FROM refunds") == nil)
        #expect(try counter.database.first("SELECT id FROM action_log WHERE action = 'order.cancelled'") != nil)
    }

    @Test func `of two screens that saw the same, the second does nothing or is told`() async throws {
        let (counter, id) = try await paid()
        let move = MoveOrder(database: counter.database)
        func tap(_ status: OrderStatus, seen: OrderStatus, _ tap: String) async throws -> OrderStatus {
            try await move(.init(orderID: id, to: status, staffID: CafeFixture.barista, seen: seen, tap: tap))
        }
        #expect(try await tap(.preparing, seen: .paid, "a") == .preparing)
        #expect(try await tap(.preparing, seen: .paid, "b") == .preparing)
        #expect(try await tap(.ready, seen: .preparing, "c") == .ready)
        // Sent again after its answer was lost: counted once, whatever the order is now.
        #expect(try await tap(.preparing, seen: .paid, "a") == .ready)
        await #expect(throws: MoveOrder.Refusal.self) { _ = try await tap(.preparing, seen: .paid, "d") }
        let kinds = try #require(try counter.orders.detail(id)).events.map(\.kind)
        #expect(kinds == ["placed", "paid", "preparing", "ready"])
    }

    @Test func `what was handed over last is at hand to be called back`() async throws {
        let (counter, id) = try await paid()
        _ = try await counter.move(id, to: .completed)
        let boards = BoardRepository(database: counter.database)
        #expect(try boards.board().completed.map(\.order.id) == [id])
        #expect(try boards.board().open.isEmpty)
        _ = try await MoveOrder(database: counter.database)(
            .init(orderID: id, to: .ready, staffID: CafeFixture.barista, seen: .completed))
        #expect(try boards.board().completed.isEmpty)
        #expect(try boards.board().open.map(\.order.id) == [id])
        _ = try await MoveOrder(database: counter.database)(
            .init(orderID: id, to: .completed, staffID: CafeFixture.barista))
        counter.cafe.clock.advance(seconds: 13 * 3600)
        #expect(try boards.board().completed.isEmpty)
    }
}
