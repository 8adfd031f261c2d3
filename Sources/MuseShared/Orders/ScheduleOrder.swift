/// Decides whether an order can be taken for the time it asks for, and which slot it claims.
///
/// Opening hours and pauses gate all that the kitchen makes. As soon as possible claims nothing, since the queue itself
/// is what it waits for; a chosen time claims the seconds of its work.
public struct ScheduleOrder: Sendable {
    public enum Refusal: Error, Sendable, Equatable {
        /// By staff; nil is until somebody says so.
        case paused(until: Timestamp?)
        /// Closed; when it opens, and the first time that can be chosen.
        case closed(opens: Timestamp?, firstSlot: Timestamp?)
        /// Open, but what is ordered now would be ready after closing.
        case closesBefore(closing: Timestamp, firstSlot: Timestamp?)
        /// Not one of the times on offer.
        case noSuchTime(firstSlot: Timestamp?)
        case slotFull(next: Timestamp?)
    }

    let database: Database
    let venues: VenueCache

    public init(database: Database) {
        self.database = database
        venues = VenueCache(database: database)
    }

    /// - Throws: ``Refusal``.
    func callAsFunction(
        _ order: OrderRequest, _ lines: [ResolvedLine]
    ) throws -> (venueVersion: Int64, SlotClaimRepository.Wish?) {
        let (version, venue) = try venues.versioned()
        guard let choice = order.fulfilment else { return (version, nil) }
        let now = database.clock.now()
        let gate = OrderingGate(venue)
        let state = gate.state(at: now)
        if case .paused(let until) = state { throw Refusal.paused(until: until) }
        let work = KitchenWork(lines)
        if let at = choice.at { return (version, try wish(at, of: work, venue: venue, now: now)) }
        if case .closed(let opens) = state {
            throw Refusal.closed(opens: opens, firstSlot: try firstSlot(work, choice.type))
        }
        if choice.type == .pickup, let closing = try closingBeforeReady(work, venue: venue, gate: gate, now: now) {
            throw Refusal.closesBefore(closing: closing, firstSlot: try firstSlot(work, choice.type))
        }
        return (version, nil)
    }

    /// What an order of these lines could be promised now: only times at which all of them are served.
    public func times(for order: OrderRequest, menu: PublishedMenu) throws -> OrderTimes {
        let resolve = ResolveCart(menu: menu, at: order.fulfilment?.at, isTimeOpen: true)
        // A line that is gone leaves the others their times.
        let lines = order.lines.flatMap { (try? resolve([$0])) ?? [] }
        let hours = CommonHours(lines)
        var times = try times(KitchenWork(lines))
        times.hours = hours
        times.notServedNow = hours.missing(at: database.clock.now())
        if !times.notServedNow.isEmpty { times.soonest = nil }
        times.slots = times.slots.filter { hours.contain($0.at) }
        return times
    }

    func times(_ work: KitchenWork) throws -> OrderTimes {
        let venue = try venues.current()
        let now = database.clock.now()
        let gate = OrderingGate(venue)
        let state = gate.state(at: now)
        return try database.read { transaction in
            let queue = try KitchenQueueRepository.queue(in: transaction)
            let pickup = PickupSlots(venue: venue, queue: queue, work: work, now: now)
            var soonest: Timestamp?
            if state == .open {
                let ready = queue.promise(for: work, venue: venue, now: now)
                soonest = Self.isBeforeClosing(ready, gate: gate, now: now) ? ready : nil
            }
            var slots: [PickupSlots.Slot] = []
            if case .paused = state {} else { slots = try Self.slots(pickup, in: transaction) }
            return OrderTimes(gate: state, soonest: soonest, queue: queue, slots: slots)
        }
    }

    // MARK: As soon as possible

    /// A closing that is further away than this is not asked about: no queue is as long.
    private static let nearClosingSeconds: Int64 = 4 * 3600

    private func closingBeforeReady(
        _ work: KitchenWork, venue: Venue, gate: OrderingGate, now: Timestamp
    ) throws -> Timestamp? {
        guard gate.mayClose(before: now.adding(seconds: Self.nearClosingSeconds), from: now) else { return nil }
        let ready = try KitchenQueueRepository(database: database).queue().promise(for: work, venue: venue, now: now)
        return Self.isBeforeClosing(ready, gate: gate, now: now) ? nil : gate.closing(after: now)
    }

    private static func isBeforeClosing(_ ready: Timestamp, gate: OrderingGate, now: Timestamp) -> Bool {
        guard gate.mayClose(before: ready, from: now) else { return true }
        return gate.closing(after: now).map { ready <= $0 } ?? true
    }

    // MARK: Slots

    private func firstSlot(_ work: KitchenWork, _ type: Fulfilment) throws -> Timestamp? {
        type == .pickup ? try times(work).slots.first { !$0.isFull }?.at : nil
    }

    /// Every pickup time for this work, full or not; none while ordering is paused.
    static func slots(for work: KitchenWork, in transaction: Transaction) throws -> [PickupSlots.Slot] {
        let venue = try VenueRepository.venue(in: transaction)
        if case .paused = OrderingGate(venue).state(at: transaction.now) { return [] }
        let queue = try KitchenQueueRepository.queue(in: transaction)
        return try slots(PickupSlots(venue: venue, queue: queue, work: work, now: transaction.now), in: transaction)
    }

    private static func slots(_ pickup: PickupSlots, in transaction: Transaction) throws -> [PickupSlots.Slot] {
        let candidates = pickup.candidates()
        guard let last = candidates.last?.at, let first = candidates.compactMap(\.starts.last).min() else { return [] }
        return pickup.slots(try SlotClaimRepository.loads(from: first, to: last, in: transaction))
    }

    private func wish(
        _ at: Timestamp, of work: KitchenWork, venue: Venue, now: Timestamp
    ) throws -> SlotClaimRepository.Wish {
        try database.read { transaction in
            let queue = try KitchenQueueRepository.queue(in: transaction)
            let pickup = PickupSlots(venue: venue, queue: queue, work: work, now: now)
            let slots = try Self.slots(pickup, in: transaction)
            let next = slots.first { !$0.isFull && $0.at > at }?.at ?? slots.first { !$0.isFull }?.at
            guard let candidate = pickup.candidates().first(where: { $0.at == at }) else {
                throw Refusal.noSuchTime(firstSlot: slots.first { !$0.isFull }?.at)
            }
            guard slots.contains(PickupSlots.Slot(at: at, isFull: false)) else { throw Refusal.slotFull(next: next) }
            return SlotClaimRepository.Wish(
                at: at, starts: candidate.starts, work: work, rules: venue.ordering)
        }
    }
}

/// What a cart could be promised at one moment: as soon as possible, or at which times.
public struct OrderTimes: Sendable {
    public let gate: OrderingGate.State
    /// As soon as possible; nil while that can't be ordered.
    public internal(set) var soonest: Timestamp?
    public let queue: KitchenQueue
    /// None while ordering is paused.
    public internal(set) var slots: [PickupSlots.Slot]
    /// What is in the order and not served at this hour, by name.
    public internal(set) var notServedNow: [MenuItem] = []
    var hours = CommonHours([])

    /// What is in the order and not served at a moment, by name.
    public func notServed(at time: Timestamp) -> [MenuItem] { hours.missing(at: time) }

    /// There is no time at which all of it is served, whenever it is wanted.
    public var isApart: Bool { !isPaused && !notServedNow.isEmpty && slots.isEmpty }

    public var isPaused: Bool { if case .paused = gate { true } else { false } }

    public var firstSlot: Timestamp? { slots.first { !$0.isFull }?.at }
}
