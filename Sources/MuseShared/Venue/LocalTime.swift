import Foundation

/// Between local clock time and moments, also on the two days a year when the clocks change.
extension VenueZone {
    /// The date on the venue's wall. After midnight it is the next one, whatever the business day says.
    public func day(of time: Timestamp) -> CalendarDay {
        CalendarDay(secondsFromMidnight: seconds(of: time.date) + offset(at: time.date))
    }

    /// The moment at which the venue's clock shows so many minutes after a day's midnight; 1440 and more is the next day.
    ///
    /// A time that the clock skips in spring is the moment of the jump. A time that it shows twice in autumn is the
    /// first of the two. So a later minute is never an earlier moment.
    public func moment(on day: CalendarDay, minute: Int) -> Timestamp {
        let shown = day.midnight + minute * 60
        // Nothing changes its clock twice within two days, so these are the offsets before and after any change nearby.
        let before = offset(at: Date(timeIntervalSince1970: TimeInterval(shown - 86_400)))
        let after = offset(at: Date(timeIntervalSince1970: TimeInterval(shown + 86_400)))
        let first = Date(timeIntervalSince1970: TimeInterval(shown - before))
        let second = Date(timeIntervalSince1970: TimeInterval(shown - after))
        if offset(at: first) == before { return Timestamp(first) }
        if offset(at: second) == after { return Timestamp(second) }
        return Timestamp(zone.nextDaylightSavingTimeTransition(after: second) ?? first)
    }

    /// The end of the business day that a moment belongs to.
    public func endOfBusinessDay(at time: Timestamp) -> Timestamp {
        moment(on: businessDay(of: time).adding(days: 1), minute: dayEndsMinute)
    }

    /// From the start of a moment's business day to the moment itself.
    public func businessDay(until time: Timestamp) -> Range<Timestamp> {
        let start = moment(on: businessDay(of: time), minute: dayEndsMinute)
        return min(start, time)..<time
    }

    private func offset(at date: Date) -> Int { zone.secondsFromGMT(for: date) }

    private func seconds(of date: Date) -> Int {
        Int(exactly: date.timeIntervalSince1970.rounded(.down)) ?? 0
    }
}
