import Testing

@testable import MuseShared

struct LocalTimeTests {
    private func zone(_ identifier: String = "America/New_York", dayEndsMinute: Int = 240) throws -> VenueZone {
        try #require(VenueZone(identifier: identifier, dayEndsMinute: dayEndsMinute))
    }

    private func time(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

    @Test(arguments: [
        ("2026-11-27", 5, "Fri 27 Nov"), ("1970-01-01", 4, "Thu 1 Jan"), ("2028-02-29", 2, "Tue 29 Feb"),
        ("1969-12-31", 3, "Wed 31 Dec"),
    ])
    func `a date knows its weekday and how it is written`(text: String, weekday: Int, words: String) throws {
        let day = try #require(CalendarDay(text: text))
        #expect(day.text == text && day.weekday == weekday && day.words == words)
    }

    @Test func `days are counted over the end of a year`() throws {
        let last = try #require(CalendarDay(text: "2026-12-31"))
        #expect(last.adding(days: 1).text == "2027-01-01")
        #expect(last.days(until: last.adding(days: 40)) == 40)
        #expect(last < last.adding(days: 1))
    }

    @Test(arguments: [
        // A plain day, the hour that spring skips, the hour that autumn shows twice, and the day after midnight.
        ("2026-11-27", 1080, "2026-11-27T23:00:00Z"), ("2026-03-08", 150, "2026-03-08T07:00:00Z"),
        ("2026-11-01", 90, "2026-11-01T05:30:00Z"), ("2026-11-27", 1560, "2026-11-28T07:00:00Z"),
    ])
    func `a local time is one moment`(day: String, minute: Int, moment: String) throws {
        let day = try #require(CalendarDay(text: day))
        #expect(try zone().moment(on: day, minute: minute) == time(moment))
    }

    @Test func `the hour after midnight is the evening before, and its end is at four`() throws {
        let night = try time("2026-11-28T06:00:00Z")
        #expect(try zone().businessDate(of: night) == "2026-11-27")
        #expect(try zone().day(of: night).text == "2026-11-28")
        #expect(try zone().endOfBusinessDay(at: night) == time("2026-11-28T09:00:00Z"))
        #expect(try zone().endOfBusinessDay(at: time("2026-11-28T09:00:00Z")) == time("2026-11-29T09:00:00Z"))
    }

    @Test func `a business day that ends in the doubled hour ends once`() throws {
        let zone = try zone(dayEndsMinute: 90)
        #expect(zone.businessDate(of: try time("2026-11-01T05:29:00Z")) == "2026-10-31")
        // 01:15 for the second time: the day has ended already.
        #expect(zone.businessDate(of: try time("2026-11-01T06:15:00Z")) == "2026-11-01")
    }
}
