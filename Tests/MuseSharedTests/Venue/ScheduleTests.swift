import Testing

@testable import MuseShared

struct ScheduleTests {
    private typealias Instants = ScheduleInstants

    private func schedule(
        _ hours: [OpeningHours], _ exceptions: [DatedHours] = [], in zone: String = Instants.newYork
    ) throws -> Schedule {
        Schedule(hours: hours, exceptions: exceptions, zone: try #require(VenueZone(identifier: zone)))
    }

    private func time(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

    private func check(_ instant: ScheduleInstant, against schedule: Schedule) throws {
        let at = try time(instant.at)
        #expect(schedule.isOpen(at: at) == instant.isOpen)
        #expect(schedule.nextChange(after: at) == (try instant.changes.map(time)))
    }

    @Test(arguments: Instants.newYorkNight)
    func `a window in the night of the change, New York`(instant: ScheduleInstant) throws {
        try check(instant, against: schedule(Instants.sundayNight))
    }

    @Test(arguments: Instants.berlinNight)
    func `a window in the night of the change, Berlin`(instant: ScheduleInstant) throws {
        try check(instant, against: schedule(Instants.sundayNight, in: Instants.berlin))
    }

    @Test(arguments: Instants.lordHoweNight)
    func `a window in the night of the change by half an hour, Lord Howe Island`(instant: ScheduleInstant) throws {
        try check(instant, against: schedule(Instants.sundayNight, in: Instants.lordHowe))
    }

    @Test(arguments: Instants.newYorkBrokenHour)
    func `a time that does not exist is the jump, and one that exists twice is the first`(
        instant: ScheduleInstant
    ) throws {
        try check(instant, against: schedule(Instants.brokenHour))
    }

    @Test(arguments: Instants.newYorkSkippedHour)
    func `a window inside the skipped hour is not there`(instant: ScheduleInstant) throws {
        let schedule = try schedule(Instants.skippedHour)
        try check(instant, against: schedule)
        #expect(schedule.windows(on: "2026-03-08").isEmpty)
        #expect(schedule.windows(on: "2026-03-15").count == 1)
    }

    @Test(arguments: Instants.newYorkWeekend)
    func `a window across midnight belongs to the evening it began in`(instant: ScheduleInstant) throws {
        try check(instant, against: schedule(Instants.weekend))
    }

    @Test(arguments: Instants.newYorkExceptions)
    func `an exception counts for the windows that begin on its date`(instant: ScheduleInstant) throws {
        try check(instant, against: schedule(Instants.weekend, Instants.weekendExceptions))
    }

    @Test(arguments: Instants.newYorkBreakfast)
    func `a date of its own replaces its weekday's hours`(instant: ScheduleInstant) throws {
        try check(instant, against: schedule(Instants.breakfast, Instants.breakfastExceptions))
    }

    @Test(arguments: Instants.newYorkAlways)
    func `windows that touch are one`(instant: ScheduleInstant) throws {
        try check(instant, against: schedule(Instants.always, Instants.christmas))
    }

    @Test func `while it is open the next opening is the one after closing`() throws {
        let weekend = try schedule(Instants.weekend)
        #expect(try weekend.nextOpening(after: time("2026-11-28T04:30:00Z")) == time("2026-11-28T23:00:00Z"))
        #expect(try weekend.nextOpening(after: time("2026-11-28T07:00:00Z")) == time("2026-11-28T23:00:00Z"))
        #expect(try schedule(Instants.always).nextOpening(after: time("2026-11-28T07:00:00Z")) == nil)
    }

    @Test func `no hours at all are never open`() throws {
        let none = try schedule([])
        let now = try time("2026-11-28T07:00:00Z")
        #expect(!none.isOpen(at: now))
        #expect(none.nextOpening(after: now) == nil && none.nextChange(after: now) == nil)
    }

    @Test func `an exception far ahead is found without any weekday`() throws {
        let party = try #require(DatedHours(date: "2027-12-31", opens: 1200, closes: 1620))
        let opening = try schedule([], [party]).nextOpening(after: time("2026-11-28T07:00:00Z"))
        #expect(try opening == time("2028-01-01T01:00:00Z"))
    }

    @Test(arguments: [
        ("2026-02-30", 1, 2), ("2026-2-3", 1, 2), ("", 1, 2), ("2026-11-27", 60, 60), ("2026-11-27", -1, 9),
    ])
    func `what is no date or no window makes no exception`(date: String, opens: Int, closes: Int) {
        #expect(DatedHours(date: date, opens: opens, closes: closes) == nil)
        #expect(DatedHours(date: date, opens: opens, closes: nil) == nil)
    }

    @Test func `impossible rows are left out`() throws {
        let odd = [
            OpeningHours(weekday: 8, opens: 0, closes: 1), OpeningHours(weekday: 1, opens: 1440, closes: 1500),
            OpeningHours(weekday: 1, opens: 600, closes: 2100),
        ]
        let schedule = try schedule(odd)
        #expect((1...8).allSatisfy { schedule.usualHours(on: $0).isEmpty })
    }

    /// Whatever the table leaves out: between now and the next change nothing changes, and there it does.
    @Test(arguments: [Instants.newYork, Instants.berlin, Instants.lordHowe, "Africa/Cairo", "Asia/Kathmandu"])
    func `a change is a change and nothing changes before it`(zone: String) throws {
        var random = SystemRandomNumberGenerator()
        let start = try time("2026-03-01T00:00:00Z")
        for _ in 0..<40 {
            let hours = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                let opens = Int.random(in: 0..<1440, using: &random)
                let length = Int.random(in: 1...1440, using: &random)
                return OpeningHours(
                    weekday: Int.random(in: 1...7, using: &random), opens: opens, closes: opens + length)
            }
            let schedule = try schedule(hours, in: zone)
            let at = start.adding(seconds: Int64.random(in: 0..<300 * 86_400, using: &random))
            let state = schedule.isOpen(at: at)
            guard let change = schedule.nextChange(after: at) else { continue }
            #expect(schedule.isOpen(at: change) != state, "\(hours) at \(at.rfc3339)")
            #expect(schedule.isOpen(at: change.adding(milliseconds: -1)) == state, "\(hours) at \(at.rfc3339)")
            let between = Int64.random(in: at.milliseconds..<change.milliseconds, using: &random)
            #expect(schedule.isOpen(at: Timestamp(milliseconds: between)) == state, "\(hours) at \(at.rfc3339)")
            if !state { #expect(schedule.nextOpening(after: at) == change) }
        }
    }
}
