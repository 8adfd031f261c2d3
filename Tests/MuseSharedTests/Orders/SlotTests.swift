import MuseTestSupport
import Testing

@testable import MuseShared

/// Noon on Monday in New York, on a café that is open until eleven.
struct SlotTests {
    private func times(_ counter: CheckoutCounter, minutes: Int64 = 1) throws -> OrderTimes {
        try counter.schedule.times(KitchenWork(seconds: ["bar": minutes * 60]))
    }

    @Test func `times begin after the least time an order takes and stand a step apart`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        let slots = try times(counter).slots
        let noon = counter.cafe.clock.now
        #expect(slots.first?.at == noon.adding(seconds: 15 * 60))
        #expect(slots.dropFirst().first?.at == noon.adding(seconds: 30 * 60))
        #expect(slots.allSatisfy { !$0.isFull })
        // Until a quarter to eleven, and the next day.
        #expect(slots.contains { $0.at == noon.adding(seconds: (10 * 60 + 45) * 60) })
        #expect(!slots.contains { $0.at == noon.adding(seconds: 11 * 3600) })
        #expect(slots.contains { $0.at > noon.adding(seconds: 12 * 3600) })
    }

    @Test func `a chosen time is claimed and promised`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        let at = try #require(try times(counter).firstSlot)
        let order = try await counter.place()(CheckoutCounter.request(at: at)).order
        #expect(order.promisedAt == at)
        #expect(try counter.claimed(at: at) == 60)
    }

    @Test func `a full slot refuses and names the next one`() async throws {
        let counter = try await CheckoutCounter.withSlots(room: 120)
        let at = try #require(try times(counter).firstSlot)
        for _ in 0..<2 { _ = try await counter.place()(CheckoutCounter.request(at: at)) }
        let error = await #expect(throws: PlaceOrder.Refusal.self) {
            _ = try await counter.place()(CheckoutCounter.request(at: at))
        }
        guard case .notThen(.slotFull(let next)) = error else { throw try #require(error) }
        #expect(next == at.adding(seconds: 900))
        #expect(try counter.claimed(at: at) == 120)
        #expect(try times(counter).slots.first == PickupSlots.Slot(at: at, isFull: true))
    }

    @Test func `demand is summed over the cart before it is held against the room`() async throws {
        let counter = try await CheckoutCounter.withSlots(room: 300)
        let at = try #require(try times(counter).firstSlot)
        let lines = Array(repeating: CheckoutCounter.line(CafeFixture.water), count: 5)
        _ = try await counter.place()(CheckoutCounter.request(at: at, lines))
        #expect(try counter.claimed(at: at) == 300)
        await #expect(throws: PlaceOrder.Refusal.self) {
            _ = try await counter.place()(CheckoutCounter.request(at: at, [CheckoutCounter.line(CafeFixture.water)]))
        }
    }

    @Test func `an order of more than a slot spreads over the ones before it`() async throws {
        let counter = try await CheckoutCounter.withSlots(room: 300)
        let noon = counter.cafe.clock.now
        // Twelve minutes need three slots: 12:45 with 12:30 and 12:15; 12:30 works too, since noon's slot is running.
        let times = try times(counter, minutes: 12)
        #expect(times.firstSlot == noon.adding(seconds: 1800))
        let at = noon.adding(seconds: 2700)
        _ = try await counter.place()(CheckoutCounter.request(at: at, [CheckoutCounter.line(CafeFixture.water, 12)]))
        #expect(try counter.claimed(at: at) == 300)
        #expect(try counter.claimed(at: at.adding(seconds: -900)) == 300)
        #expect(try counter.claimed(at: at.adding(seconds: -1800)) == 120)
        // What is left in the third is not enough for the next large one, nor is 12:45 open for a small one.
        #expect(try self.times(counter, minutes: 1).slots.first { !$0.isFull }?.at == at.adding(seconds: -1800))
    }

    @Test func `a time that was never on offer is refused`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        let at = try #require(try times(counter).firstSlot).adding(seconds: 60)
        let error = await #expect(throws: PlaceOrder.Refusal.self) {
            _ = try await counter.place()(CheckoutCounter.request(at: at))
        }
        guard case .notThen(.noSuchTime) = error else { throw try #require(error) }
    }

    @Test func `the end of a hold gives the slot back once`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        let at = try #require(try times(counter).firstSlot)
        _ = try await counter.place()(CheckoutCounter.request(at: at, [CheckoutCounter.flatWhite()]))
        #expect(try counter.claimed(at: at) == 60)
        counter.cafe.clock.advance(seconds: 901)
        #expect(try await counter.expireHolds() == 1)
        #expect(try await counter.expireHolds() == 0)
        #expect(try counter.claimed(at: at) == 0)
    }

    @Test func `a cancelled order gives its slot back`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        let at = try #require(try times(counter).firstSlot)
        let order = try await counter.place()(CheckoutCounter.request(at: at)).order
        _ = try await counter.move(order.id, to: .cancelled)
        #expect(try counter.claimed(at: at) == 0)
    }

    @Test func `nothing stays claimed when the cart fails on something else`() async throws {
        let counter = try await CheckoutCounter.withSlots()
        let at = try #require(try times(counter).firstSlot)
        await #expect(throws: PlaceOrder.Refusal.self) {
            _ = try await counter.place()(CheckoutCounter.request(at: at, [CheckoutCounter.line(CafeFixture.soup, 4)]))
        }
        #expect(try counter.claimed(at: at) == 0)
    }
}
