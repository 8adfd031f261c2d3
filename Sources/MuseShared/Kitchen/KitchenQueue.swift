/// What stands before a new order: the work that is paid for and not made yet, by station.
public struct KitchenQueue: Sendable, Equatable {
    public let waiting: KitchenWork
    /// The part of it that was ordered for as soon as possible.
    public let atOnce: KitchenWork
    /// How many orders that is.
    public let orders: Int64

    public init(waiting: KitchenWork = KitchenWork(), atOnce: KitchenWork = KitchenWork(), orders: Int64 = 0) {
        self.waiting = waiting
        self.atOnce = atOnce
        self.orders = orders
    }

    /// Without what was ordered for a time: that has its room in its slot, and would count against it twice.
    var withoutSlots: KitchenQueue { KitchenQueue(waiting: atOnce, atOnce: atOnce, orders: orders) }

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

    /// When an order of this work is ready, if the kitchen may begin at `now`.
    public func promise(for work: KitchenWork, venue: Venue, now: Timestamp) -> Timestamp {
        now.adding(seconds: minutes(for: work, venue: venue, now: now).multipliedClamped(by: 60))
    }
}
