/// When something is served, as a menu prints it: `Served 8:00 AM–11:30 AM`.
enum ServedWords {
    /// - Parameter day: today; if it is an exception the words are about it.
    static func words(_ schedule: Schedule, on day: CalendarDay) -> String {
        if schedule.isException(day) {
            let today = schedule.hours(on: day)
            return today.isEmpty ? "Not served today" : "Served today \(times(today))"
        }
        let week = (1...7).map { offset in
            let day = day.adding(days: offset - day.weekday)
            return (weekday: offset, times: times(schedule.usualHours(on: day.weekday)))
        }
        let served = week.filter { !$0.times.isEmpty }
        guard let first = served.first else { return "Not served at present" }
        if served.count == 7, served.allSatisfy({ $0.times == first.times }) { return "Served \(first.times)" }
        return "Served " + runs(week).map { "\($0.days) \($0.times)" }.joined(separator: ", ")
    }

    /// Days in a row with the same times: `Mon–Fri`.
    private static func runs(_ week: [(weekday: Int, times: String)]) -> [(days: String, times: String)] {
        var runs: [(first: Int, last: Int, times: String)] = []
        for day in week where !day.times.isEmpty {
            if let last = runs.last, last.times == day.times, last.last == day.weekday - 1 {
                runs[runs.count - 1].last = day.weekday
            } else {
                runs.append((day.weekday, day.weekday, day.times))
            }
        }
        return runs.map { run in
            let first = name(run.first)
            return (run.first == run.last ? first : "\(first)–\(name(run.last))", run.times)
        }
    }

    private static func name(_ weekday: Int) -> String { String(OpenState.weekdayName(weekday).prefix(3)) }

    private static func times(_ hours: [OpeningHours]) -> String {
        hours.map { hours in
            if hours.opens == 0, hours.closes == 1440 { return "all day" }
            let opens = VenueZone.clockTime(minuteOfDay: hours.opens)
            return "\(opens)–\(VenueZone.clockTime(minuteOfDay: hours.closes))"
        }.joined(separator: " and ")
    }
}
