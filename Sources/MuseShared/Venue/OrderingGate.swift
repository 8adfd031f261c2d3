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

    /// A venue that keeps no hours at all takes orders at any time.
    public func state(at now: Timestamp) -> State {
        if let pause = venue.ordering.pause(at: now) { return .paused(until: pause.until) }
        if isWithoutHours || schedule.isOpen(at: now) { return .open }
        return .closed(opens: schedule.nextOpening(after: now))
    }

    /// When what is open now closes; nil if nobody knows of a closing.
    public func closing(after now: Timestamp) -> Timestamp? {
        isWithoutHours ? nil : schedule.nextChange(after: now)
    }

    /// Whether a closing could come before a moment; cheaper than asking when it comes.
    func mayClose(before end: Timestamp, from now: Timestamp) -> Bool {
        guard !isWithoutHours else { return false }
        let today = venue.timeZone.day(of: now)
        let open = (-1...0).flatMap { schedule.windows(on: today.adding(days: $0)) }.filter { $0.contains(now) }
        return open.allSatisfy { $0.closes < end }
    }

    private var isWithoutHours: Bool { schedule.isWithoutWeekdays && !schedule.hasExceptions }

    /// The opening times from this moment on, a week ahead: what is open now, then each next one.
    func windows(from now: Timestamp) -> [Schedule.Window] {
        guard !isWithoutHours else {
            // On the full hour, so that the times on offer do not move with the clock.
            let hour = Timestamp(milliseconds: now.milliseconds - now.milliseconds % 3_600_000)
            return [Schedule.Window(opens: hour, closes: hour.adding(seconds: 86_400))]
        }
        let today = venue.timeZone.day(of: now)
        return (-1...7).flatMap { schedule.windows(on: today.adding(days: $0)) }.filter { $0.closes > now }
    }
}
