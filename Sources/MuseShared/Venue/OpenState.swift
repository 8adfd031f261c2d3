/// Whether the venue is open at a moment, and what a guest wants to know next.
public enum OpenState: Sendable, Equatable {
    /// Open; closes at this local minute of the day.
    case open(untilMinute: Int)
    /// Open, and nobody knows of a closing.
    case alwaysOpen
    /// Closed; opens at this local minute of that day, in so many days (0 is today).
    case closed(opensMinute: Int, day: CalendarDay, inDays: Int)
    /// No opening hours are known.
    case unknown

    public init(_ schedule: Schedule, at time: Timestamp) {
        let zone = schedule.zone
        if schedule.isOpen(at: time) {
            self = schedule.nextChange(after: time).map { .open(untilMinute: zone.parts(of: $0).minute) } ?? .alwaysOpen
            return
        }
        guard let opening = schedule.nextOpening(after: time) else {
            self = .unknown
            return
        }
        let day = zone.day(of: opening)
        self = .closed(
            opensMinute: zone.parts(of: opening).minute, day: day, inDays: zone.day(of: time).days(until: day))
    }

    public var isOpen: Bool {
        switch self {
        case .open, .alwaysOpen: true
        case .closed, .unknown: false
        }
    }

    /// `Open until 11:00 PM`, `Closed, opens tomorrow at 8:00 AM`.
    public var sentence: String {
        switch self {
        case .open(let minute):
            return "Open until \(VenueZone.clockTime(minuteOfDay: minute))"
        case .alwaysOpen:
            return "Open day and night"
        case .closed(let minute, let day, let days):
            let clock = VenueZone.clockTime(minuteOfDay: minute)
            return "Closed, opens \(Self.words(for: day, inDays: days)) at \(clock)"
        case .unknown:
            return "Hours on request"
        }
    }

    /// After a week a weekday alone would be the wrong one.
    private static func words(for day: CalendarDay, inDays days: Int) -> String {
        switch days {
        case 0: "today"
        case 1: "tomorrow"
        case ..<7: weekdayName(day.weekday)
        default: "on \(day.words)"
        }
    }

    /// 1 is Monday.
    public static func weekdayName(_ weekday: Int) -> String {
        weekdays.indices.contains(weekday - 1) ? weekdays[weekday - 1] : ""
    }

    private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
}
