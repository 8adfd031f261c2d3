import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct PickupBoardTests {
    private func entries(_ counter: CheckoutCounter) throws -> [PickupRepository.Entry] {
        try PickupRepository(database: counter.database).pickups().entries
    }

    @Test func `it shows numbers and first letters of what is paid, and nothing else of anybody`() async throws {
        let counter = try await CheckoutCounter.open()
        _ = try await counter.fullOrder(isPaid: false)
        let made = try await counter.fullOrder()
        let ready = try await counter.fullOrder()
        _ = try await counter.move(ready.order.id, to: .ready)
        let shown = try entries(counter)
        #expect(shown.map(\.number) == [made, ready].compactMap(\.order.number))
        #expect(shown.map(\.initial) == ["A", "A"])
        #expect(shown.map(\.isReady) == [false, true])
    }

    @Test func `what goes to a table, was fetched, or is called for an hour is not on it`() async throws {
        let counter = try await CheckoutCounter.open()
        let table = try await counter.place()(CheckoutCounter.request(fulfilment: .dineIn)).order
        counter.stripe.pay("cs_test_1")
        try await counter.settle(orderID: table.id)
        _ = try await counter.move(try await counter.plainOrder().order.id, to: .completed)
        let forgotten = try await counter.plainOrder()
        _ = try await counter.move(forgotten.order.id, to: .ready)
        #expect(try entries(counter).map(\.number) == [try #require(forgotten.order.number)])
        counter.cafe.clock.advance(seconds: 3601)
        #expect(try entries(counter).isEmpty)
    }

    @Test func `an order for tonight is not being made at noon`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.plainOrder().order
        let tonight = counter.cafe.clock.now.adding(seconds: 6 * 3600).milliseconds
        try await counter.database.write {
            _ = try $0.execute("UPDATE orders SET promised_at_ms = \(tonight) WHERE id = \(order.id)")
        }
        #expect(try entries(counter).isEmpty)
        counter.cafe.clock.advance(seconds: 6 * 3600 - 600)
        #expect(try entries(counter).count == 1)
    }

    @Test func `a name that begins with no letter has no initial`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.plainOrder().order
        for (name, initial) in [("  zoë", "Z"), ("éva", "É"), ("7 of 9", ""), ("🙂", "")] {
            try await counter.database.write {
                _ = try $0.execute("UPDATE orders SET contact_name = \(name) WHERE id = \(order.id)")
            }
            #expect(try entries(counter).map(\.initial) == [initial])
        }
    }

    @Test func `on a quiet evening a number goes at its hour, though nothing changes`() async throws {
        let site = try await GuestSite.open()
        let counter = CheckoutCounter(cafe: site.cafe)
        let order = try await counter.plainOrder()
        _ = try await counter.move(order.order.id, to: .ready)
        let press = PickupPress(renderer: site.program.counter.renderer, database: counter.database)
        let mark = "data-pickup=\"\(order.order.number ?? 0)\""
        let shown = try await press.current()
        #expect(shown.markup.contains(mark))
        counter.cafe.clock.advance(seconds: 3000)
        #expect(try await press.current().at == shown.at, "a wall with nothing new is not drawn again")
        counter.cafe.clock.advance(seconds: 601)
        let later = try await press.current()
        #expect(!later.markup.contains(mark))
        #expect(later.version == shown.version)
    }

    @Test func `the page and its answer for programs name nobody`() async throws {
        let site = try await GuestSite.open()
        let counter = CheckoutCounter(cafe: site.cafe)
        let order = try await counter.fullOrder().order
        try await site.visit { visitor in
            for path in ["/pickup", "/api/pickup"] {
                let answer = try await visitor.get(path)
                #expect(answer.status == .ok)
                #expect(answer.text.contains("\(order.number ?? 0)"))
                for secret in ["Ada", "Lovelace", "example.com", "birthday", order.id] {
                    #expect(!answer.text.contains(secret))
                }
            }
        }
    }
}
