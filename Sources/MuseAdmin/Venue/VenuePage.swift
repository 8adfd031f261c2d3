import MuseShared

/// When orders are taken: the strip of this hour, the hours of the week, dates with others, pickup times, stations.
struct VenuePage: Page {
    static let template = "venue/venue-page"
    /// What a person ticks to close every day of the week.
    static let silenceField = "closedOnEveryDay"

    struct Weekday: Encodable, Sendable {
        let dayField: String
        let dayName: String
        let dayHours: String
        let dayError: String?
    }

    struct ExceptionRow: Encodable, Sendable {
        let dateValue: String
        let dateWords: String
        let dateHours: String
        let dateNote: String?
    }

    struct StationRow: Encodable, Sendable {
        let stationName: String
        let handsValue: Int64
        let slotSecondsValue: Int64
    }

    struct Content {
        let venue: Venue
        let exceptions: [OpeningException]
        let stations: [String]
        let now: Timestamp
        var typed: FormFields?
        var problem: Problem?
    }

    let title = "Hours"
    let staff: StaffFrame
    let problem: FormProblem?
    let ordering: OrderingStrip
    let weekdays: [Weekday]
    /// Every day was emptied, and we ask whether that is meant.
    let asksToClose: Bool
    let exceptions: [ExceptionRow]
    let hasExceptions: Bool
    let newDate: String
    let newHours: String
    let newNote: String
    let prepValue: String
    let slotValue: String
    let stations: [StationRow]
    let tipsValue: String
    let tipsError: String?

    init(_ content: Content, staff: StaffFrame) {
        let (venue, typed) = (content.venue, content.typed)
        self.staff = staff
        problem = content.problem.map { FormProblem($0) }
        ordering = OrderingStrip(venue, now: content.now, returnTo: Paths.venue)
        let errors = content.problem?.errors ?? []
        weekdays = ChangeOpeningHours.dayNames.enumerated().map { index, name in
            Weekday(
                dayField: name, dayName: OpenState.weekdayName(index + 1),
                dayHours: typed?.first(name) ?? HoursText.text(venue.hours.filter { $0.weekday == index + 1 }),
                dayError: errors.first { $0.field == name }?.message)
        }
        asksToClose = errors.contains { $0.field == Self.silenceField }
        let today = venue.timeZone.businessDate(of: content.now)
        let dates = Dictionary(grouping: content.exceptions.filter { $0.date >= today }, by: \.date)
        exceptions = dates.sorted { $0.key < $1.key }.map { Self.row($0.key, $0.value) }
        hasExceptions = !exceptions.isEmpty
        newDate = typed?.first("date") ?? ""
        newHours = typed?.first("hours") ?? ""
        newNote = typed?.first("note") ?? ""
        prepValue = typed?.first("prepMinutes") ?? String(venue.prepMinutes)
        slotValue = typed?.first("slotMinutes") ?? String(venue.ordering.slotMinutes)
        tipsValue = typed?.first("percents") ?? venue.tipPercents.map { String($0) }.joined(separator: ", ")
        tipsError = errors.first { $0.field == "percents" }?.message
        stations = content.stations.map {
            let station = venue.ordering.station($0)
            return StationRow(stationName: $0, handsValue: station.hands, slotSecondsValue: station.slotSeconds)
        }
    }

    private static func row(_ date: String, _ rows: [OpeningException]) -> ExceptionRow {
        let windows = rows.compactMap { row in
            row.opens.flatMap { opens in
                row.closes.map { OpeningHours(weekday: 1, opens: opens, closes: $0) }
            }
        }
        let note = rows.first?.note ?? ""
        return ExceptionRow(
            dateValue: date, dateWords: CalendarDay(text: date)?.words ?? date,
            dateHours: windows.isEmpty ? "Closed" : HoursText.text(windows), dateNote: note.isEmpty ? nil : note)
    }
}
