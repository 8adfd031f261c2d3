/// Sets the hours of the week, or those of one date. Both sites and the gate for ordering follow at once.
public struct ChangeOpeningHours: Sendable {
    public enum Change: Sendable {
        /// Texts by weekday, 1 is Monday; empty is closed, and a day that is not there stays as it is. A week that
        /// would be closed on every day is refused unless that is meant.
        case week([Int: String], maySilence: Bool = false)
        /// Empty hours: closed on that date.
        case date(String, hours: String, note: String)
        /// The weekday's hours hold again.
        case removal(ofDate: String)
    }

    public struct Request: Sendable {
        public let change: Change
        public let staffID: String

        public init(change: Change, staffID: String) {
            self.change = change
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        /// Fields with hours that can't be read.
        case unreadable(fields: [String])
        /// None of the seven days was named.
        case noDay
        /// Every day would be closed, and nobody has said that this is meant.
        case closedOnEveryDay
        case noSuchDate
        case dateIsPast
        case badNote(Problem)
        case failed(any Error)
    }

    public static let dayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    public func callAsFunction(_ request: Request) async throws(Refusal) {
        do {
            switch request.change {
            case .week(let texts, let maySilence):
                guard !texts.isEmpty else { throw Refusal.noDay }
                let hours = try Self.week(texts)
                try await setWeek(hours, on: Set(texts.keys), maySilence: maySilence, by: request.staffID)
            case .date(let date, let hours, let note):
                try await setDate(date, try Self.exceptions(date, hours, note, ids), by: request.staffID)
            case .removal(let date):
                try await setDate(date, [], by: request.staffID)
            }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    // MARK: Reading

    private static func week(_ texts: [Int: String]) throws(Refusal) -> [OpeningHours] {
        var hours: [OpeningHours] = []
        var bad: [String] = []
        for (weekday, text) in texts.sorted(by: { $0.key < $1.key }) {
            if let windows = HoursText.windows(text, weekday: weekday) {
                hours += windows
            } else {
                bad.append(dayNames.indices.contains(weekday - 1) ? dayNames[weekday - 1] : "hours")
            }
        }
        guard bad.isEmpty else { throw .unreadable(fields: bad) }
        return hours
    }

    private static func exceptions(
        _ date: String, _ hours: String, _ note: String, _ ids: IDSource
    ) throws(Refusal) -> [OpeningException] {
        guard let day = CalendarDay(text: date) else { throw .noSuchDate }
        guard let windows = HoursText.windows(hours, weekday: day.weekday) else {
            throw .unreadable(fields: ["hours"])
        }
        let clean: String
        do {
            clean = try PlainText.clean(note, field: "note", maximum: 60, lines: .one)
        } catch {
            throw .badNote(error)
        }
        guard !windows.isEmpty else {
            return [OpeningException(id: ids.next(), date: day.text, opens: nil, closes: nil, note: clean)]
        }
        return windows.map {
            OpeningException(id: ids.next(), date: day.text, opens: $0.opens, closes: $0.closes, note: clean)
        }
    }

    // MARK: Writing

    private func setWeek(
        _ changed: [OpeningHours], on days: Set<Int>, maySilence: Bool, by staffID: String
    ) async throws {
        try await database.write { transaction in
            let before = try VenueRepository.venue(in: transaction).hours
            let hours = before.filter { !days.contains($0.weekday) } + changed
            guard !hours.isEmpty || before.isEmpty || maySilence else { throw Refusal.closedOnEveryDay }
            var difference = Difference()
            for (index, name) in Self.dayNames.enumerated() {
                let old = HoursText.text(before.filter { $0.weekday == index + 1 })
                difference.note(
                    name, from: .text(old), to: .text(HoursText.text(hours.filter { $0.weekday == index + 1 })))
            }
            try OpeningRepository.replaceHours(hours, in: transaction)
            try VenueLog.record("venue.hours_changed", difference, by: staffID, id: ids.next(), in: transaction)
        }
    }

    private func setDate(_ date: String, _ rows: [OpeningException], by staffID: String) async throws {
        guard let day = CalendarDay(text: date) else { throw Refusal.noSuchDate }
        try await database.write { transaction in
            let venue = try VenueRepository.venue(in: transaction)
            guard rows.isEmpty || day >= venue.timeZone.businessDay(of: transaction.now) else {
                throw Refusal.dateIsPast
            }
            let before = try OpeningRepository.exceptions(in: transaction).filter { $0.date == date }
            var difference = Difference()
            difference.note("hours", from: Self.words(before), to: Self.words(rows))
            difference.note(
                "note", from: .text(before.first?.note ?? ""), to: .text(rows.first?.note ?? ""))
            try OpeningRepository.replaceExceptions(rows, on: date, in: transaction)
            try VenueLog.record(
                "venue.date_changed", of: date, difference, by: staffID, id: ids.next(), in: transaction)
        }
    }

    private static func words(_ rows: [OpeningException]) -> DifferenceValue {
        guard !rows.isEmpty else { return .none }
        let windows = rows.compactMap { $0.hours?.hours }
        return .text(windows.isEmpty ? "closed" : HoursText.text(windows))
    }
}

extension ChangeOpeningHours.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .unreadable(let fields):
            .invalid(fields.map { FieldError($0, "Write hours like 07:00-14:00, 18:00-02:00, or nothing for closed.") })
        case .noDay:
            .invalid("monday", "Name at least one weekday: \(ChangeOpeningHours.dayNames.joined(separator: ", ")).")
        case .closedOnEveryDay:
            .invalid("closedOnEveryDay", "Every day is empty: nobody could order any more. Say that this is meant.")
        case .noSuchDate: .invalid("date", "Choose a date.")
        case .dateIsPast: .invalid("date", "This date has passed. Choose today or a later one.")
        case .badNote(let problem): problem
        case .failed(let error): Problem.failure(of: error)
        }
    }
}
