import MuseShared

/// What a guest should know before ordering: paused, closed, or slower than usual.
struct GuestNotice: Sendable {
    private let state: OrderingGate.State
    private let delay: OrderingRules.Delay?
    private let zone: VenueZone
    private let now: Timestamp

    init(_ venue: Venue, now: Timestamp) {
        state = OrderingGate(venue).state(at: now)
        delay = venue.ordering.delay(at: now)
        zone = venue.timeZone
        self.now = now
    }

    var isPaused: Bool { if case .paused = state { true } else { false } }

    /// Nil on an ordinary day.
    var words: String? {
        switch state {
        case .open:
            return delay.map { "The kitchen is busy: everything takes about \($0.minutes) minutes longer just now." }
        case .paused(let until):
            let end = until.map { "until \(zone.clockTime($0))" } ?? "for a little while"
            return
                "We have paused ordering \(end), so that the kitchen can catch up. What you choose stays in your cart."
        case .closed(let opens):
            guard let opens else { return "We are closed. The menu is here to read." }
            return "We are closed and open again \(day(opens)). You can order ahead for then."
        }
    }

    /// Why it can't be had at once.
    var soonestWords: String {
        switch state {
        case .open: "We close before it would be ready"
        case .paused: "Ordering is paused"
        case .closed(let opens): opens.map { "We open again \(day($0))" } ?? "We are closed"
        }
    }

    private func day(_ time: Timestamp) -> String {
        zone.day(of: time) == zone.day(of: now) ? "today at \(zone.clockTime(time))" : zone.dayAndTime(time)
    }
}
