import MuseShared

/// When a category or an item is served: weekday windows and dates of their own, with empty rows to fill in.
struct MenuHoursPage: Page {
    static let template = "menu/menu-hours-page"

    struct Day: Encodable, Sendable {
        let dayValue: String
        let dayName: String
        let isChecked: Bool
    }

    struct Window: Encodable, Sendable {
        let row: String
        let rowName: String
        let days: [Day]
        let opensValue: String
        let closesValue: String
    }

    struct Dated: Encodable, Sendable {
        let row: String
        let rowName: String
        let dateValue: String
        let dateOpensValue: String
        let dateClosesValue: String
    }

    let title: String
    let staff: StaffFrame
    let problem: FormProblem?
    let heading: String
    let editHref: String
    let summary: String
    let action: String
    let windows: [Window]
    let dates: [Dated]

    struct Content {
        let owner: MenuHoursOwner
        let name: String
        let form: MenuHoursForm
        /// As guests read it; nil if it is served at any time.
        let words: String?
        var problem: Problem?
    }

    private static let spareWindows = 2
    private static let spareDates = 3

    init(_ content: Content, staff: StaffFrame) {
        self.staff = staff
        title = "Hours of \(content.name)"
        heading = content.name
        editHref = if case .item(let id) = content.owner { Paths.item(id) } else { Paths.category(content.owner.id) }
        problem = content.problem.map { FormProblem($0, ids: ["windows": "main"]) }
        action = Paths.hoursChange(content.owner)
        let whose = if case .item = content.owner { "An item’s own hours stand instead of its category’s." } else { "" }
        summary = "\(content.words ?? "Served whenever we are open"). \(whose)"
        let empty = Array(repeating: MenuHoursForm.Window(), count: Self.spareWindows)
        windows = (content.form.windows + empty).enumerated().map { index, window in
            Window(
                row: String(index), rowName: "Window \(index + 1)",
                days: (1...7).map { day in
                    Day(
                        dayValue: String(day), dayName: String(OpenState.weekdayName(day).prefix(3)),
                        isChecked: window.days.contains(day))
                },
                opensValue: window.opens, closesValue: window.closes)
        }
        let spare = Array(repeating: MenuHoursForm.Dated(), count: Self.spareDates)
        dates = (content.form.dates + spare).enumerated().map { index, dated in
            Dated(
                row: String(index), rowName: "Date \(index + 1)", dateValue: dated.date,
                dateOpensValue: dated.opens, dateClosesValue: dated.closes)
        }
    }
}
