import MuseShared

/// A counted item with its latest changes, for a program.
struct StockAnswer: Encodable {
    struct Level: Encodable {
        let id: String
        let name: String
        let count: Int64
        let lowMark: Int64?
        let isLow: Bool

        init(_ level: StockLevel) {
            id = level.itemID
            name = level.name
            count = level.count
            lowMark = level.lowMark
            isLow = level.isLow
        }
    }

    struct Change: Encodable {
        let at: Timestamp
        let reason: String
        let delta: Int64
        let countAfter: Int64
        let orderId: String?
        let orderNumber: Int64?
        let staff: String?
    }

    let item: Level
    let changes: [Change]

    init(_ level: StockLevel, changes: [StockChange]) {
        item = Level(level)
        self.changes = changes.map { change in
            Change(
                at: change.at, reason: change.reason.rawValue, delta: change.delta, countAfter: change.countAfter,
                orderId: change.orderID, orderNumber: change.orderNumber, staff: change.staffName)
        }
    }
}

/// `POST /api/menu/items/{id}/stock`: one of the fields, or from a form `what` with its `quantity`.
struct StockBody: Decodable {
    let counted: Int64?
    let delivered: Int64?
    let lowMark: Int64?
    /// False: nobody counts it any more.
    let isCounted: Bool?
    let what: String?
    let quantity: String?
    let returnTo: String?

    func change() throws(Problem) -> ChangeStock.Change {
        if let what { return try change(what) }
        if let counted { return .counted(counted) }
        if let delivered { return .delivered(delivered) }
        if let lowMark { return .lowMark(lowMark < 0 ? nil : lowMark) }
        if isCounted == false { return .stopCounting }
        throw .invalid("counted", "Send what was counted, what was delivered, or a lowMark.")
    }

    private func change(_ what: String) throws(Problem) -> ChangeStock.Change {
        if what == "stop" { return .stopCounting }
        let typed = quantity ?? ""
        if what == "lowMark", typed.isEmpty { return .lowMark(nil) }
        guard let number = Int64(typed) else { throw .invalid("quantity", "Write a whole number, like 12.") }
        switch what {
        case "counted": return .counted(number)
        case "delivered": return .delivered(number)
        case "lowMark": return .lowMark(number)
        default: throw .invalid("what", "It is counted, delivered, lowMark or stop.")
        }
    }
}

/// Hours as a program writes them: `{windows: [{weekday, opens: "18:00", closes: "02:00"}], exceptions: [{date, …}]}`.
/// A window that closes at or before its opening closes on the next day.
struct HoursBody: Codable {
    struct Window: Codable {
        let weekday: Int
        let opens: String
        let closes: String
    }

    struct Exception: Codable {
        let date: String
        /// Both left out: not served on that date.
        let opens: String?
        let closes: String?
    }

    let windows: [Window]
    let exceptions: [Exception]?

    init(windows: [Window], exceptions: [Exception]) {
        self.windows = windows
        self.exceptions = exceptions
    }

    init(_ hours: MenuHours) {
        windows = hours.windows.map {
            Window(weekday: $0.weekday, opens: ClockText.text($0.opens), closes: ClockText.text($0.closes))
        }
        exceptions = hours.exceptions.map { dated in
            Exception(
                date: dated.day.text, opens: dated.hours.map { ClockText.text($0.opens) },
                closes: dated.hours.map { ClockText.text($0.closes) })
        }
    }

    /// - Throws: 422 with the row that can't be read.
    func hours() throws(Problem) -> MenuHours {
        var hours = MenuHours()
        for (index, window) in windows.enumerated() {
            guard (1...7).contains(window.weekday), let times = Self.times(window.opens, window.closes) else {
                throw .invalid("windows[\(index)]", "A window has a weekday from 1 to 7 and times like 18:00.")
            }
            hours.windows.append(
                OpeningHours(weekday: window.weekday, opens: times.opens, closes: times.closes))
        }
        for (index, exception) in (exceptions ?? []).enumerated() {
            let times = exception.opens.flatMap { opens in exception.closes.flatMap { Self.times(opens, $0) } }
            let isClosed = exception.opens == nil && exception.closes == nil
            guard isClosed || times != nil,
                let dated = DatedHours(date: exception.date, opens: times?.opens, closes: times?.closes)
            else {
                throw .invalid(
                    "exceptions[\(index)]", "An exception has a date like 2026-11-26, and two times or none.")
            }
            hours.exceptions.append(dated)
        }
        return hours
    }

    private static func times(_ opens: String, _ closes: String) -> (opens: Int, closes: Int)? {
        guard let from = ClockText.minute(opens), from < 1440, let until = ClockText.minute(closes) else { return nil }
        return (from, until > from ? until : until + 1440)
    }
}
