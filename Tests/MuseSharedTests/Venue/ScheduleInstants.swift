import Testing

@testable import MuseShared

/// A moment held against a schedule: open or not, and when that changes next, in UTC.
struct ScheduleInstant: Sendable, CustomTestStringConvertible {
    let at: String
    let isOpen: Bool
    /// Nil: it stays as it is.
    let changes: String?

    init(_ at: String, _ state: State, until changes: String?) {
        self.at = at
        isOpen = state == .open
        self.changes = changes
    }

    enum State { case open, closed }

    var testDescription: String { "\(at) is \(isOpen ? "open" : "closed") until \(changes ?? "for good")" }
}

/// Moments on both sides of what a schedule can get wrong; worked out by hand from the published rules of each zone.
enum ScheduleInstants {
    static let newYork = "America/New_York"
    static let berlin = "Europe/Berlin"
    /// Its clocks move by half an hour.
    static let lordHowe = "Australia/Lord_Howe"

    /// Sunday 01:00 to 03:00: both nights on which the clocks change in America, Europe and on Lord Howe Island.
    static let sundayNight = [OpeningHours(weekday: 7, opens: 60, closes: 180)]

    /// One hour long in spring (01:00 EST is 06:00 UTC, 03:00 EDT is 07:00), three in autumn.
    static let newYorkNight: [ScheduleInstant] = [
        .init("2026-03-08T05:59:59.999Z", .closed, until: "2026-03-08T06:00:00Z"),
        .init("2026-03-08T06:00:00Z", .open, until: "2026-03-08T07:00:00Z"),
        .init("2026-03-08T06:59:59.999Z", .open, until: "2026-03-08T07:00:00Z"),
        .init("2026-03-08T07:00:00Z", .closed, until: "2026-03-15T05:00:00Z"),
        .init("2026-11-01T04:59:00Z", .closed, until: "2026-11-01T05:00:00Z"),
        .init("2026-11-01T05:30:00Z", .open, until: "2026-11-01T08:00:00Z"),
        .init("2026-11-01T06:30:00Z", .open, until: "2026-11-01T08:00:00Z"),
        .init("2026-11-01T07:59:00Z", .open, until: "2026-11-01T08:00:00Z"),
        .init("2026-11-01T08:00:00Z", .closed, until: "2026-11-08T06:00:00Z"),
    ]

    static let berlinNight: [ScheduleInstant] = [
        .init("2026-03-28T23:59:00Z", .closed, until: "2026-03-29T00:00:00Z"),
        .init("2026-03-29T00:30:00Z", .open, until: "2026-03-29T01:00:00Z"),
        .init("2026-03-29T01:00:00Z", .closed, until: "2026-04-04T23:00:00Z"),
        .init("2026-10-24T23:00:00Z", .open, until: "2026-10-25T02:00:00Z"),
        .init("2026-10-25T00:30:00Z", .open, until: "2026-10-25T02:00:00Z"),
        .init("2026-10-25T01:30:00Z", .open, until: "2026-10-25T02:00:00Z"),
        .init("2026-10-25T02:00:00Z", .closed, until: "2026-11-01T00:00:00Z"),
    ]

    static let lordHoweNight: [ScheduleInstant] = [
        .init("2026-10-03T14:29:00Z", .closed, until: "2026-10-03T14:30:00Z"),
        .init("2026-10-03T15:29:00Z", .open, until: "2026-10-03T16:00:00Z"),
        .init("2026-10-03T15:30:00Z", .open, until: "2026-10-03T16:00:00Z"),
        .init("2026-10-03T16:00:00Z", .closed, until: "2026-10-10T14:00:00Z"),
        .init("2026-04-04T13:59:00Z", .closed, until: "2026-04-04T14:00:00Z"),
        .init("2026-04-04T14:45:00Z", .open, until: "2026-04-04T16:30:00Z"),
        .init("2026-04-04T15:15:00Z", .open, until: "2026-04-04T16:30:00Z"),
        .init("2026-04-04T16:29:59.999Z", .open, until: "2026-04-04T16:30:00Z"),
        .init("2026-04-04T16:30:00Z", .closed, until: "2026-04-11T14:30:00Z"),
    ]

    /// Sunday 01:30 to 02:30: its end does not exist in spring, its beginning exists twice in autumn.
    static let brokenHour = [OpeningHours(weekday: 7, opens: 90, closes: 150)]
    static let newYorkBrokenHour: [ScheduleInstant] = [
        .init("2026-03-08T06:45:00Z", .open, until: "2026-03-08T07:00:00Z"),
        .init("2026-03-08T07:00:00Z", .closed, until: "2026-03-15T05:30:00Z"),
        .init("2026-11-01T05:29:00Z", .closed, until: "2026-11-01T05:30:00Z"),
        .init("2026-11-01T06:15:00Z", .open, until: "2026-11-01T07:30:00Z"),
        .init("2026-11-01T07:30:00Z", .closed, until: "2026-11-08T06:30:00Z"),
    ]

    /// Sunday 02:15 to 02:45: in spring it is not there at all.
    static let skippedHour = [OpeningHours(weekday: 7, opens: 135, closes: 165)]
    static let newYorkSkippedHour: [ScheduleInstant] = [
        .init("2026-03-08T06:59:00Z", .closed, until: "2026-03-15T06:15:00Z"),
        .init("2026-03-08T07:00:00Z", .closed, until: "2026-03-15T06:15:00Z"),
    ]

    /// Friday and Saturday 18:00 to 02:00: Friday's night is Saturday's morning, and 02:00 is when the clocks change.
    static let weekend = [
        OpeningHours(weekday: 5, opens: 1080, closes: 1560), OpeningHours(weekday: 6, opens: 1080, closes: 1560),
    ]
    static let newYorkWeekend: [ScheduleInstant] = [
        .init("2026-11-27T22:59:00Z", .closed, until: "2026-11-27T23:00:00Z"),
        .init("2026-11-28T04:30:00Z", .open, until: "2026-11-28T07:00:00Z"),
        .init("2026-11-28T07:00:00Z", .closed, until: "2026-11-28T23:00:00Z"),
        .init("2026-11-01T06:45:00Z", .open, until: "2026-11-01T07:00:00Z"),
        .init("2026-03-08T06:59:00Z", .open, until: "2026-03-08T07:00:00Z"),
        .init("2026-03-08T07:00:00Z", .closed, until: "2026-03-13T22:00:00Z"),
    ]

    /// The same with Saturday the 28th closed, and Friday the 4th from 20:00 to 03:00.
    static let weekendExceptions = [
        DatedHours(date: "2026-11-28", opens: nil, closes: nil),
        DatedHours(date: "2026-12-04", opens: 1200, closes: 1620),
    ].compactMap { $0 }
    static let newYorkExceptions: [ScheduleInstant] = [
        // Friday's night is not Saturday's business.
        .init("2026-11-28T06:00:00Z", .open, until: "2026-11-28T07:00:00Z"),
        .init("2026-11-28T07:00:00Z", .closed, until: "2026-12-05T01:00:00Z"),
        .init("2026-12-05T00:00:00Z", .closed, until: "2026-12-05T01:00:00Z"),
        .init("2026-12-05T07:30:00Z", .open, until: "2026-12-05T08:00:00Z"),
        .init("2026-12-05T08:00:00Z", .closed, until: "2026-12-05T23:00:00Z"),
    ]

    /// Every day 08:00 to 11:30, but not on the 26th, and twice on Christmas Eve.
    static let breakfast = (1...7).map { OpeningHours(weekday: $0, opens: 480, closes: 690) }
    static let breakfastExceptions = [
        DatedHours(date: "2026-11-26", opens: nil, closes: nil),
        DatedHours(date: "2026-12-24", opens: 900, closes: 960),
        DatedHours(date: "2026-12-24", opens: 540, closes: 600),
    ].compactMap { $0 }
    static let newYorkBreakfast: [ScheduleInstant] = [
        .init("2026-11-25T16:30:00Z", .closed, until: "2026-11-27T13:00:00Z"),
        .init("2026-11-26T14:00:00Z", .closed, until: "2026-11-27T13:00:00Z"),
        .init("2026-12-24T13:30:00Z", .closed, until: "2026-12-24T14:00:00Z"),
        .init("2026-12-24T14:30:00Z", .open, until: "2026-12-24T15:00:00Z"),
        .init("2026-12-24T15:00:00Z", .closed, until: "2026-12-24T20:00:00Z"),
        .init("2026-12-24T21:00:00Z", .closed, until: "2026-12-25T13:00:00Z"),
    ]

    /// Day and night, which is seven windows that touch, but not on Christmas Day.
    static let always = (1...7).map { OpeningHours(weekday: $0, opens: 0, closes: 1440) }
    static let christmas = [DatedHours(date: "2026-12-25", opens: nil, closes: nil)].compactMap { $0 }
    static let newYorkAlways: [ScheduleInstant] = [
        .init("2026-12-01T00:00:00Z", .open, until: "2026-12-25T05:00:00Z"),
        .init("2026-12-25T12:00:00Z", .closed, until: "2026-12-26T05:00:00Z"),
        .init("2026-12-26T05:00:00Z", .open, until: nil),
    ]
}
