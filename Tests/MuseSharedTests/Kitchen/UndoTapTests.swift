import MuseTestSupport
import Testing

@testable import MuseShared

struct UndoTapTests {
    private let barista = CafeFixture.barista

    private func state(_ id: String, _ counter: CheckoutCounter) throws -> (OrderStatus, [Int64]) {
        let detail = try #require(try counter.orders.detail(id))
        return (detail.order.status, detail.lines.map(\.doneQuantity))
    }

    @Test func `one tap that made a whole order ready is taken back whole`() async throws {
        let counter = try await CheckoutCounter.open()
        let detail = try await counter.plainOrder()
        let line = try #require(detail.lines.first)
        let mark = MarkDone(database: counter.database)
        _ = try await mark(
            .init(orderID: detail.order.id, work: .line(id: line.id, done: 1, seen: 0), staffID: barista, tap: "t"))
        #expect(try state(detail.order.id, counter) == (.ready, [1]))
        let undo = UndoTap(database: counter.database)
        #expect(try await undo(.init(tap: "t", staffID: barista)).status == .paid)
        #expect(try state(detail.order.id, counter) == (.paid, [0]))
        let last = try #require(try counter.orders.detail(detail.order.id)?.events.last)
        #expect(last.kind == "paid" && last.staffName == "Bea" && last.detail["from"] == "ready")
    }

    @Test func `a move is taken back, and taking it back twice is no error`() async throws {
        let counter = try await CheckoutCounter.open()
        let id = try await counter.plainOrder().order.id
        _ = try await MoveOrder(database: counter.database)(
            .init(orderID: id, to: .preparing, staffID: barista, seen: .paid, tap: "t"))
        let undo = UndoTap(database: counter.database)
        for _ in 1...2 { #expect(try await undo(.init(tap: "t", staffID: barista)).status == .paid) }
        #expect(try #require(try counter.orders.detail(id)).events.count == 4)
    }

    @Test func `a tap that somebody has worked on since stays`() async throws {
        let counter = try await CheckoutCounter.open()
        let id = try await counter.plainOrder().order.id
        let move = MoveOrder(database: counter.database)
        _ = try await move(.init(orderID: id, to: .preparing, staffID: barista, seen: .paid, tap: "t"))
        _ = try await move(.init(orderID: id, to: .ready, staffID: barista, seen: .preparing, tap: "u"))
        do {
            _ = try await UndoTap(database: counter.database)(.init(tap: "t", staffID: barista))
            Issue.record("undone")
        } catch UndoTap.Refusal.movedOn(let status) {
            #expect(status == .ready)
        }
    }

    @Test func `a tap nobody made, or one of last week, can't be taken back`() async throws {
        let counter = try await CheckoutCounter.open()
        let id = try await counter.plainOrder().order.id
        let move = MoveOrder(database: counter.database)
        _ = try await move(.init(orderID: id, to: .preparing, staffID: barista, tap: "old"))
        counter.cafe.clock.advance(seconds: 3 * 86_400)
        _ = try await move(.init(orderID: id, to: .ready, staffID: barista, tap: "new"))
        for tap in ["old", "nobody"] {
            await #expect(throws: UndoTap.Refusal.self) {
                try await UndoTap(database: counter.database)(.init(tap: tap, staffID: barista))
            }
        }
    }

    @Test func `a cancelled order is no tap to take back`() async throws {
        let counter = try await CheckoutCounter.open()
        let id = try await counter.plainOrder().order.id
        _ = try await MoveOrder(database: counter.database)(
            .init(orderID: id, to: .cancelled, staffID: barista, seen: .paid, tap: "t"))
        await #expect(throws: UndoTap.Refusal.self) {
            try await UndoTap(database: counter.database)(.init(tap: "t", staffID: barista))
        }
    }
}
