import Foundation

/// A date of the venue's calendar, without a time or a zone: what `business_date` columns hold.
public struct CalendarDay: Sendable, Hashable, Comparable {
    /// Days since 1 January 1970.
    private let number: Int

    private init(number: Int) {
        self.number = number
    }

    /// `2026-11-27`; nil for any other writing and for dates that the calendar does not have.
    public init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 == 45 || (48...57).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            let date = Self.calendar.date(from: DateComponents(year: year, month: month, day: day))
        else { return nil }
        self.init(secondsFromMidnight: Int(date.timeIntervalSince1970))
        // The calendar takes 31 February for 3 March.
        guard self.text == text else { return nil }
    }

    /// - Parameter seconds: since 1970 on a clock that shows local time.
    init(secondsFromMidnight seconds: Int) {
        number = Int((Double(seconds) / 86_400).rounded(.down))
    }

    /// The same as seconds since 1970 on a clock that shows local time.
    var midnight: Int { number * 86_400 }

    /// 1 is Monday, 7 is Sunday. The first of January 1970 was a Thursday.
    public var weekday: Int { ((number + 3) % 7 + 7) % 7 + 1 }

    public func adding(days: Int) -> CalendarDay { CalendarDay(number: number + days) }
    public func days(until other: CalendarDay) -> Int { other.number - number }

    public var text: String {
        let parts = Self.calendar.dateComponents(
            [.year, .month, .day], from: Date(timeIntervalSince1970: TimeInterval(midnight)))
        return [(parts.year ?? 0, 4), (parts.month ?? 0, 2), (parts.day ?? 0, 2)]
            .map { value, width in
                let digits = String(value)
                return String(repeating: "0", count: max(0, width - digits.count)) + digits
            }
            .joined(separator: "-")
    }

    /// `Fri 27 Nov`, as dates are written everywhere on both sites.
    public var words: String {
        let parts = Self.calendar.dateComponents(
            [.day, .month], from: Date(timeIntervalSince1970: TimeInterval(midnight)))
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = Self.calendar.shortMonthSymbols
        let month = (parts.month ?? 0) - 1
        return "\(weekdays[weekday - 1]) \(parts.day ?? 0) \(months.indices.contains(month) ? months[month] : "")"
    }

    public static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }

    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        calendar.locale = Locale(identifier: "en_US_POSIX")
        return calendar
    }()
}
