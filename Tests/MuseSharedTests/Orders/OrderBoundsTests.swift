import MuseTestSupport
import Testing

@testable import MuseShared

/// What an order may not name or ask for, whatever its prices.
struct OrderBoundsTests {
    private func messages(_ counter: CheckoutCounter, _ order: OrderRequest) async throws -> [String: String] {
        do throws(PlaceOrder.Refusal) {
            _ = try await counter.place()(.init(order: order, idempotencyKey: IDSource.live.next()))
            return [:]
        } catch {
            guard case .invalid(let problems) = error else { throw error }
            return Dictionary(problems.map { ($0.field, $0.message) }) { first, _ in first }
        }
    }

    private func order(_ line: OrderRequest.Line = CheckoutCounter.line(CafeFixture.croissant)) -> OrderRequest {
        CheckoutCounter.request([line]).order
    }

    @Test func `a tip is at most twice the order, or a hundred dollars on a small one`() async throws {
        let counter = try await CheckoutCounter.open()
        var small = order()
        small.tipMinor = 10_000
        #expect(try await messages(counter, small).isEmpty)
        small.tipMinor = 10_001
        #expect(try await messages(counter, small)["tipMinor"] == "A tip on this order is at most $100.00.")
        var large = order(CheckoutCounter.line(CafeFixture.croissant, 20))
        large.tipMinor = 13_000
        #expect(try await messages(counter, large).isEmpty)
        large.tipMinor = 13_001
        #expect(try await messages(counter, large)["tipMinor"] != nil)
    }

    @Test func `an email in other letters is refused with a way to write it`() async throws {
        let counter = try await CheckoutCounter.open()
        var order = order()
        order.contact?.email = "ada@café.example"
        #expect(try await messages(counter, order)["contact.email"]?.contains("xn--") == true)
        order.contact?.email = "a..b@example.com"
        #expect(try await messages(counter, order)["contact.email"]?.contains("name@example.com") == true)
        order.contact?.email = "ada@xn--caf-dma.example"
        #expect(try await messages(counter, order).isEmpty)
    }

    @Test func `a table is one of the venue's, or any short name where there is no list`() async throws {
        let counter = try await CheckoutCounter.open()
        var order = order()
        order.fulfilment = .init(type: .dineIn, table: "Window 9")
        #expect(try await messages(counter, order).isEmpty)
        let tables = ChangeTables(database: counter.database)
        let table = try await tables(.init(change: .add(name: "7", area: ""), staffID: CafeFixture.barista))
        #expect(
            try await messages(counter, order)["fulfilment.table"]
                == "There is no table Window 9 here. The number is on the card.")
        order.fulfilment?.table = "7"
        #expect(try await messages(counter, order).isEmpty)
        _ = try await tables(.init(change: .remove(id: table.id), staffID: CafeFixture.barista))
        #expect(try await messages(counter, order).isEmpty)
    }
}
