/// What stands before a new order: the work that is paid for and not made yet, by station.
public struct KitchenQueue: Sendable, Equatable {
    public let waiting: KitchenWork
    /// The part of it that was ordered for as soon as possible.
    public let atOnce: KitchenWork

    public init(waiting: KitchenWork = KitchenWork(), atOnce: KitchenWork = KitchenWork()) {
        self.waiting = waiting
        self.atOnce = atOnce
    }

    /// Without what was ordered for a time: that has its room in its slot, and would count against it twice.
    var withoutSlots: KitchenQueue { KitchenQueue(waiting: atOnce, atOnce: atOnce) }

    /// Minutes until an order of this work is ready when it begins to queue now.
    ///
    /// The slowest of the stations it needs decides: what waits there and the order's own work, shared by the hands of
    /// that station. Never less than the venue's least time; what staff have added comes on top.
    public func minutes(for work: KitchenWork, venue: Venue, now: Timestamp) -> Int64 {
        let rules = venue.ordering
        let slowest = work.seconds.map { station, own in
            let all = own.addedClamped(to: waiting.seconds[station] ?? 0)
            let seconds = all / rules.station(station).hands
            return seconds / 60 + (seconds % 60 == 0 ? 0 : 1)
        }.max()
        return max(venue.prepMinutes, slowest ?? 0).addedClamped(to: rules.delay(at: now)?.minutes ?? 0)
    }

    /// Minutes until an order is ready that nobody has chosen yet: it may need the station with the most before it.
    public func minutes(venue: Venue, now: Timestamp) -> Int64 {
        minutes(for: KitchenWork(seconds: waiting.seconds.mapValues { _ in 1 }), venue: venue, now: now)
    }

    /// When an order of this work is ready, if the kitchen may begin at `now`.
    public func promise(for work: KitchenWork, venue: Venue, now: Timestamp) -> Timestamp {
        now.adding(minutes: minutes(for: work, venue: venue, now: now))
    }
}
