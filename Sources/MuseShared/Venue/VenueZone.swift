import Foundation

/// The venue's time zone and business day: every local date and clock time that is shown or stored comes from here.
public struct VenueZone: Sendable {
    public let identifier: String
    private let calendar: Calendar
    /// Minutes after midnight at which a business day ends.
    let dayEndsMinute: Int

    /// Nil if the zone is unknown to the system.
    public init?(identifier: String, dayEndsMinute: Int = 240) {
        guard let zone = TimeZone(identifier: identifier) else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        calendar.locale = Locale(identifier: "en_US_POSIX")
        self.identifier = identifier
        self.calendar = calendar
        self.dayEndsMinute = dayEndsMinute
    }

    var zone: TimeZone { calendar.timeZone }

    /// The business day a moment belongs to, as `2026-11-23`: one o'clock on Saturday night is still Friday's.
    public func businessDate(of time: Timestamp) -> String {
        businessDay(of: time).text
    }

    public func businessDay(of time: Timestamp) -> CalendarDay {
        let today = day(of: time)
        return time < moment(on: today, minute: dayEndsMinute) ? today.adding(days: -1) : today
    }

    /// `2:32 PM`.
    public func clockTime(_ time: Timestamp) -> String {
        let minute = parts(of: time).minute
        return Self.clockTime(minuteOfDay: minute)
    }

    /// `2:32:10 PM`: how fresh something is.
    public func clockTimeWithSeconds(_ time: Timestamp) -> String {
        let second = calendar.component(.second, from: time.date)
        let clock = clockTime(time).split(separator: " ")
        guard clock.count == 2 else { return clockTime(time) }
        return "\(clock[0]):\(Self.padded(second)) \(clock[1])"
    }

    /// `Mon 23 Nov, 2:32 PM`.
    public func dayAndTime(_ time: Timestamp) -> String {
        let day = calendar.dateComponents([.weekday, .day, .month], from: time.date)
        let weekdays = calendar.shortWeekdaySymbols
        let months = calendar.shortMonthSymbols
        guard let weekday = day.weekday, let month = day.month, weekdays.indices.contains(weekday - 1),
            months.indices.contains(month - 1)
        else { return clockTime(time) }
        return "\(weekdays[weekday - 1]) \(day.day ?? 0) \(months[month - 1]), \(clockTime(time))"
    }

    /// `2:32 PM`, or with its day when that is not the reader's own: a pickup for tomorrow must not look like today's.
    public func timeOrDay(_ time: Timestamp, readOn now: Timestamp) -> String {
        day(of: time) == day(of: now) ? clockTime(time) : dayAndTime(time)
    }

    /// Weekday (1 is Monday) and minutes after local midnight.
    public func parts(of time: Timestamp) -> (weekday: Int, minute: Int) {
        let parts = calendar.dateComponents([.weekday, .hour, .minute], from: time.date)
        let weekday = ((parts.weekday ?? 1) + 5) % 7 + 1
        return (weekday, (parts.hour ?? 0) * 60 + (parts.minute ?? 0))
    }

    /// `9 AM`, `5:30 PM`, `12 AM`, for a minute of a day or of the next.
    public static func clockTime(minuteOfDay: Int) -> String {
        let minute = ((minuteOfDay % 1440) + 1440) % 1440
        let hour = minute / 60
        let shown = hour % 12 == 0 ? 12 : hour % 12
        return "\(shown):\(padded(minute % 60)) \(hour < 12 ? "AM" : "PM")"
    }

    private static func padded(_ value: Int, _ width: Int = 2) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
