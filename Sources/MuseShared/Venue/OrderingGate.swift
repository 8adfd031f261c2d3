/// Whether orders are taken at a moment. The menu can always be read; only ordering has hours.
public struct OrderingGate: Sendable {
    public enum State: Sendable, Equatable {
        case open
        /// By staff; nil is until somebody says so.
        case paused(until: Timestamp?)
        /// By the hours; nil if no opening is known.
        case closed(opens: Timestamp?)
    }

    private let venue: Venue
    private let schedule: Schedule

    public init(_ venue: Venue) {
        self.venue = venue
        schedule = venue.schedule
    }

    /// A venue without hours is closed: before it is set up, and when somebody has emptied the week.
    public func state(at now: Timestamp) -> State {
        if let pause = venue.ordering.pause(at: now) { return .paused(until: pause.until) }
        if schedule.isOpen(at: now) { return .open }
        return .closed(opens: schedule.nextOpening(after: now))
    }

    /// When what is open now closes; nil if nobody knows of a closing.
    public func closing(after now: Timestamp) -> Timestamp? {
        schedule.nextChange(after: now)
    }

    /// Whether a closing could come before a moment; cheaper than asking when it comes.
    func mayClose(before end: Timestamp, from now: Timestamp) -> Bool {
        let today = venue.timeZone.day(of: now)
        let open = (-1...0).flatMap { schedule.windows(on: today.adding(days: $0)) }.filter { $0.contains(now) }
        return open.allSatisfy { $0.closes < end }
    }

    /// The opening times from this moment on, a week ahead: what is open now, then each next one.
    func windows(from now: Timestamp) -> [Schedule.Window] {
        let today = venue.timeZone.day(of: now)
        return (-1...7).flatMap { schedule.windows(on: today.adding(days: $0)) }.filter { $0.closes > now }
    }
}
