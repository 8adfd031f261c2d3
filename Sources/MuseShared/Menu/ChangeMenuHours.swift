/// Sets when a category or an item is served. Live at once, in the action log, and moves `menu`.
public struct ChangeMenuHours: Sendable {
    public struct Request: Sendable {
        public let owner: MenuHoursOwner
        public let hours: MenuHours
        public let staffID: String

        public init(owner: MenuHoursOwner, hours: MenuHours, staffID: String) {
            self.owner = owner
            self.hours = hours
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case unknownOwner
        /// More than anybody would want to read.
        case tooMany
        /// Two windows of a weekday, or of a date, that overlap: one of them is a slip.
        case overlapping(String)
        case failed(any Error)
    }

    static let mostWindows = 42
    static let mostExceptions = 60

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    /// Hours as they were change nothing.
    public func callAsFunction(_ request: Request) async throws(Refusal) -> MenuHoursRepository.Editing {
        try Self.check(request.hours)
        do {
            return try await database.write { try change(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private static func check(_ hours: MenuHours) throws(Refusal) {
        guard hours.windows.count <= mostWindows, hours.exceptions.count <= mostExceptions else { throw .tooMany }
        for weekday in 1...7 where overlap(hours.windows.filter { $0.weekday == weekday }) {
            throw .overlapping(OpenState.weekdayName(weekday))
        }
        for (day, rows) in Dictionary(grouping: hours.exceptions, by: \.day) where overlap(rows.compactMap(\.hours)) {
            throw .overlapping(day.words)
        }
    }

    private static func overlap(_ windows: [OpeningHours]) -> Bool {
        let sorted = windows.sorted { $0.opens < $1.opens }
        return zip(sorted, sorted.dropFirst()).contains { $0.closes > $1.opens }
    }

    private func change(_ request: Request, in transaction: Transaction) throws -> MenuHoursRepository.Editing {
        guard let name = try MenuHoursRepository.name(of: request.owner, in: transaction) else {
            throw Refusal.unknownOwner
        }
        let before = try MenuHoursRepository.hours(of: request.owner, in: transaction)
        var difference = Difference()
        difference.note("windows", from: .texts(before.windowTexts), to: .texts(request.hours.windowTexts))
        difference.note("exceptions", from: .texts(before.exceptionTexts), to: .texts(request.hours.exceptionTexts))
        if !difference.isEmpty {
            try MenuHoursRepository.save(request.hours, of: request.owner, ids: ids, in: transaction)
            try ActionLogRepository.record(
                ActionLogRepository.Entry(
                    id: ids.next(), staffID: request.staffID, action: "menu.hours_changed",
                    subjectID: request.owner.id, difference: difference),
                in: transaction)
        }
        return MenuHoursRepository.Editing(owner: request.owner, name: name, hours: request.hours)
    }
}

extension MenuHours {
    /// `Fri 18:00-26:00`, sorted, for the action log.
    var windowTexts: [String] {
        windows.sorted { ($0.weekday, $0.opens) < ($1.weekday, $1.opens) }
            .map { "\(OpenState.weekdayName($0.weekday).prefix(3)) \($0.text)" }
    }

    var exceptionTexts: [String] {
        exceptions.map { "\($0.day.text) \($0.hours?.text ?? "not served")" }.sorted()
    }
}

extension OpeningHours {
    fileprivate var text: String { "\(Self.clock(opens))-\(Self.clock(closes))" }

    private static func clock(_ minute: Int) -> String {
        let digits = [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return digits.joined(separator: ":")
    }
}

extension ChangeMenuHours.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .unknownOwner: .notFound
        case .tooMany:
            .invalid("windows", "That is more than a menu can say. Keep it to a few windows a day and sixty dates.")
        case .overlapping(let day):
            .invalid("windows", "Two windows of \(day) overlap. Make them one, or let one end before the next.")
        case .failed(let error): Problem.failure(of: error)
        }
    }
}
