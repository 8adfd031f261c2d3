/// When something is open or served: windows by weekday, with other hours on single dates, in the venue's zone.
///
/// A window belongs to the date on which it begins and may cross midnight (Friday 18:00 to 02:00). Windows that touch
/// or overlap are one. On the days when the clocks change a window keeps its local times: 01:00 to 03:00 is one hour
/// in spring and three in autumn; see ``VenueZone/moment(on:minute:)``.
public struct Schedule: Sendable {
    /// A window as two moments: open at the first, no longer at the second.
    public struct Window: Sendable, Hashable {
        public let opens: Timestamp
        public let closes: Timestamp

        public func contains(_ time: Timestamp) -> Bool { opens <= time && time < closes }
    }

    public let zone: VenueZone
    private let weekly: [Int: [OpeningHours]]
    private let dated: [CalendarDay: [OpeningHours]]
    private let lastException: CalendarDay?

    /// - Parameter exceptions: rows; all rows of a date together are that date's hours instead of its weekday's.
    public init(hours: [OpeningHours], exceptions: [DatedHours] = [], zone: VenueZone) {
        self.zone = zone
        weekly = Dictionary(grouping: hours.filter(\.isPossible), by: \.weekday)
        dated = Dictionary(grouping: exceptions, by: \.day).mapValues { $0.compactMap(\.hours) }
        lastException = dated.keys.max()
    }

    /// There are dates with hours of their own.
    public var hasExceptions: Bool { !dated.isEmpty }

    /// The local hours of a date, in order: what a page prints.
    public func hours(on day: CalendarDay) -> [OpeningHours] {
        (dated[day] ?? weekly[day.weekday] ?? []).sorted { ($0.opens, $0.closes) < ($1.opens, $1.closes) }
    }

    /// The hours of a weekday (1 is Monday) without a regard to dates.
    public func usualHours(on weekday: Int) -> [OpeningHours] {
        (weekly[weekday] ?? []).sorted { ($0.opens, $0.closes) < ($1.opens, $1.closes) }
    }

    /// True if the date has hours of its own.
    public func isException(_ day: CalendarDay) -> Bool { dated[day] != nil }

    // MARK: In moments

    public func isOpen(at time: Timestamp) -> Bool {
        let today = zone.day(of: time)
        // A window is at most a day long: only yesterday's reaches into today.
        return (windows(on: today.adding(days: -1)) + windows(on: today)).contains { $0.contains(time) }
    }

    /// The windows that begin on a date, in order. One that lies wholly in the hour that spring skips is not there.
    public func windows(on day: CalendarDay) -> [Window] {
        hours(on: day).compactMap { hours in
            let window = Window(
                opens: zone.moment(on: day, minute: hours.opens), closes: zone.moment(on: day, minute: hours.closes))
            return window.opens < window.closes ? window : nil
        }
    }

    /// The same for a date as the database stores it; none for a text that is no date.
    public func windows(on businessDate: String) -> [Window] {
        CalendarDay(text: businessDate).map { windows(on: $0) } ?? []
    }

    /// The next moment after this one at which it opens; while it is open, when it opens again after closing.
    /// Nil if it never does, or never closes.
    public func nextOpening(after time: Timestamp) -> Timestamp? {
        guard let run = run(endingAfter: time) else { return nil }
        if run.opens > time { return run.opens }
        return run.closes.flatMap { self.run(endingAfter: $0)?.opens }
    }

    /// The next moment after this one at which it opens or closes; nil if it stays as it is.
    public func nextChange(after time: Timestamp) -> Timestamp? {
        guard let run = run(endingAfter: time) else { return nil }
        return run.opens > time ? run.opens : run.closes
    }

    /// Windows that follow one another without a break.
    private struct Run {
        let opens: Timestamp
        /// Nil: it goes on and on.
        let closes: Timestamp?
    }

    /// What is open at a moment, or opens next after it. The days are looked at in order and only as far as needed.
    private func run(endingAfter time: Timestamp) -> Run? {
        let today = zone.day(of: time)
        var found: Window?
        for offset in -1...daysToLook(from: today) {
            for window in windows(on: today.adding(days: offset)) where window.closes > time {
                guard let known = found else {
                    found = window
                    continue
                }
                // Windows come in the order of their opening, so a gap here is a gap.
                guard window.opens <= known.closes else { return Run(opens: known.opens, closes: known.closes) }
                found = Window(opens: known.opens, closes: max(known.closes, window.closes))
            }
            // The next day's windows open after its midnight: nothing can join what has closed before.
            if let found, found.closes < zone.moment(on: today.adding(days: offset + 1), minute: 0) {
                return Run(opens: found.opens, closes: found.closes)
            }
        }
        return found.map { Run(opens: $0.opens, closes: nil) }
    }

    /// A week and a day beyond the last exception everything repeats; more than two years ahead nobody plans.
    private func daysToLook(from today: CalendarDay) -> Int {
        8 + min(max(lastException.map { today.days(until: $0) } ?? 0, 0), 750)
    }
}

/// A row of an exception: other hours on one date, or none.
public struct DatedHours: Sendable, Hashable {
    public let day: CalendarDay
    /// Nil: closed on that date, unless another row of it has hours.
    public let hours: OpeningHours?

    /// Minutes after local midnight; both nil is closed. Nil if it is no date or no window.
    public init?(date: String, opens: Int?, closes: Int?) {
        guard let day = CalendarDay(text: date) else { return nil }
        self.day = day
        guard let opens, let closes else {
            guard opens == nil, closes == nil else { return nil }
            hours = nil
            return
        }
        let hours = OpeningHours(weekday: day.weekday, opens: opens, closes: closes)
        guard hours.isPossible else { return nil }
        self.hours = hours
    }
}

extension OpeningHours {
    /// As the tables' CHECKs want it: begins on its day, ends after that, and lasts a day at most.
    public var isPossible: Bool {
        (1...7).contains(weekday) && (0..<1440).contains(opens) && closes > opens && closes - opens <= 1440
    }
}
