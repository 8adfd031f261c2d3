/// The times at which an order can be picked up, from the hours, the queue and what is promised already.
///
/// A slot's capacity is work: seconds per station. An order of at most one slot's capacity has to fit into the slot
/// that it is picked up in. A larger one could never be ordered otherwise, so it spreads over that slot and the ones
/// directly before it, as far back as the kitchen is open and the clock allows; it is offered where their free seconds
/// together are enough.
public struct PickupSlots: Sendable {
    public struct Slot: Sendable, Equatable {
        public let at: Timestamp
        public let isFull: Bool
    }

    /// What one slot has promised and may promise at one station.
    struct Load: Sendable {
        let claimed: Int64
        let capacity: Int64
    }

    struct Key: Hashable, Sendable {
        let at: Timestamp
        let station: String
    }

    /// A pickup time with the slots that its work may be done in, the last one first.
    struct Candidate: Sendable {
        let at: Timestamp
        let starts: [Timestamp]
    }

    let venue: Venue
    let queue: KitchenQueue
    let work: KitchenWork
    let now: Timestamp

    /// As many as a list can show: the rest of today, and the next day.
    static let limit = 120

    /// The times of the first two openings that have any, each with its way back in time.
    func candidates() -> [Candidate] {
        let step = venue.ordering.slotMinutes * 60
        guard step > 0 else { return [] }
        var found: [Candidate] = []
        var days = 0
        for window in OrderingGate(venue).windows(from: now) where days < 2 && found.count < Self.limit {
            let before = found.count
            let isOpen = window.opens <= now
            let begins = max(now, window.opens)
            // What waits now is long made when it opens again.
            let line = isOpen ? queue.withoutSlots : KitchenQueue()
            let earliest = line.promise(for: work, venue: venue, now: begins)
            var at = window.opens
            var starts: [Timestamp] = []
            while at < window.closes, found.count < Self.limit {
                if at.adding(seconds: step) > begins { starts.insert(at, at: 0) }
                if at >= earliest { found.append(Candidate(at: at, starts: starts)) }
                at = at.adding(seconds: step)
            }
            if found.count > before { days += 1 }
        }
        return found
    }

    func slots(_ loads: [Key: Load]) -> [Slot] {
        candidates().map { Slot(at: $0.at, isFull: split($0, loads) == nil) }
    }

    /// Which seconds go into which slot; nil if they are not free.
    func split(_ candidate: Candidate, _ loads: [Key: Load]) -> [(key: Key, seconds: Int64)]? {
        Self.split(work, over: candidate.starts, rules: venue.ordering, loads)
    }

    static func split(
        _ work: KitchenWork, over starts: [Timestamp], rules: OrderingRules, _ loads: [Key: Load]
    ) -> [(key: Key, seconds: Int64)]? {
        var parts: [(key: Key, seconds: Int64)] = []
        for (station, wanted) in work.byStation {
            let capacity = rules.station(station).slotSeconds
            var left = wanted
            for start in wanted <= capacity ? starts.prefix(1) : starts[...] where left > 0 {
                let key = Key(at: start, station: station)
                let free = capacity - (loads[key]?.claimed ?? 0)
                let taken = min(left, max(0, free))
                guard taken > 0 else { continue }
                parts.append((key, taken))
                left -= taken
            }
            guard left == 0 else { return nil }
        }
        return parts
    }
}
