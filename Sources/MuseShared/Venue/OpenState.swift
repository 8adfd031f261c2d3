/// Whether the venue is open at a moment, and what a guest wants to know next.
public enum OpenState: Sendable, Equatable {
    /// Open; closes at this local minute of the day.
    case open(untilMinute: Int)
    /// Closed; opens on this weekday (1 is Monday) at this local minute, in so many days (0 is today).
    case closed(opensMinute: Int, weekday: Int, inDays: Int)
    /// No opening hours are known.
    case unknown

    public init(hours: [OpeningHours], zone: VenueZone, at time: Timestamp) {
        let (weekday, minute) = zone.parts(of: time)
        let yesterday = weekday == 1 ? 7 : weekday - 1
        let current = hours.first { window in
            (window.weekday == weekday && (window.opens..<window.closes).contains(minute))
                || (window.weekday == yesterday && (window.opens..<window.closes).contains(minute + 1440))
        }
        if let current {
            self = .open(untilMinute: current.closes % 1440)
            return
        }
        for days in 0...7 {
            let day = (weekday - 1 + days) % 7 + 1
            let next = hours.filter { $0.weekday == day && (days > 0 || $0.opens > minute) }.map(\.opens).min()
            if let next {
                self = .closed(opensMinute: next, weekday: day, inDays: days)
                return
            }
        }
        self = .unknown
    }

    /// `Open until 11:00 PM`, `Closed, opens tomorrow at 8:00 AM`.
    public var sentence: String {
        switch self {
        case .open(let minute):
            return "Open until \(VenueZone.clockTime(minuteOfDay: minute))"
        case .closed(let minute, let weekday, let days):
            let day = days == 0 ? "today" : days == 1 ? "tomorrow" : Self.weekdayName(weekday)
            return "Closed, opens \(day) at \(VenueZone.clockTime(minuteOfDay: minute))"
        case .unknown:
            return "Hours on request"
        }
    }

    /// 1 is Monday.
    public static func weekdayName(_ weekday: Int) -> String {
        weekdays.indices.contains(weekday - 1) ? weekdays[weekday - 1] : ""
    }

    private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
}
