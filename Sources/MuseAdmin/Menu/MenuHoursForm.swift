import MuseShared

/// Hours as a form shows them: windows with their weekdays, and dates, as stored or as somebody typed them.
struct MenuHoursForm: Sendable {
    struct Window: Sendable {
        var days: Set<Int> = []
        var opens = ""
        var closes = ""

        var isEmpty: Bool { days.isEmpty && opens.isEmpty && closes.isEmpty }
    }

    struct Dated: Sendable {
        var date = ""
        var opens = ""
        var closes = ""

        var isEmpty: Bool { date.isEmpty && opens.isEmpty && closes.isEmpty }
    }

    var windows: [Window] = []
    var dates: [Dated] = []

    private static let mostRows = 60

    /// Weekdays with the same times are one row.
    init(_ hours: MenuHours) {
        for hours in hours.windows {
            let opens = ClockText.text(hours.opens)
            let closes = ClockText.text(hours.closes)
            if let twin = windows.firstIndex(where: { $0.opens == opens && $0.closes == closes }) {
                windows[twin].days.insert(hours.weekday)
            } else {
                windows.append(Window(days: [hours.weekday], opens: opens, closes: closes))
            }
        }
        dates = hours.exceptions.map { dated in
            Dated(
                date: dated.day.text, opens: dated.hours.map { ClockText.text($0.opens) } ?? "",
                closes: dated.hours.map { ClockText.text($0.closes) } ?? "")
        }
    }

    init(_ fields: FormFields) {
        for row in 0..<Self.mostRows {
            let window = Window(
                days: Set(fields.all("days.\(row)").compactMap { Int($0) }), opens: fields.first("opens.\(row)") ?? "",
                closes: fields.first("closes.\(row)") ?? "")
            if !window.isEmpty { windows.append(window) }
            let dated = Dated(
                date: fields.first("date.\(row)") ?? "", opens: fields.first("dateOpens.\(row)") ?? "",
                closes: fields.first("dateCloses.\(row)") ?? "")
            if !dated.isEmpty { dates.append(dated) }
        }
    }

    /// - Throws: 422 with the row that can't be read.
    func hours() throws(Problem) -> MenuHours {
        let rows = windows.map { window in (window, window.days.sorted()) }
        if let odd = rows.firstIndex(where: { $0.1.isEmpty }) {
            throw .invalid("windows[\(odd)]", "On which weekdays? Choose at least one, or clear both times.")
        }
        let body = HoursBody(
            windows: rows.flatMap { window, days in
                days.map { HoursBody.Window(weekday: $0, opens: window.opens, closes: window.closes) }
            },
            exceptions: dates.map { dated in
                HoursBody.Exception(
                    date: dated.date, opens: dated.opens.isEmpty ? nil : dated.opens,
                    closes: dated.closes.isEmpty ? nil : dated.closes)
            })
        return try body.hours()
    }
}
