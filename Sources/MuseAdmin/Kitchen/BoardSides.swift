import MuseShared

/// What stands beside the orders: how many of each item are still to be made, and what was finished last.
struct BoardSides: Encodable, Sendable {
    struct Item: Encodable, Sendable {
        let itemCount: Int64
        let itemName: String
        let hasChoices: Bool
        let choices: [Choice]
    }

    struct Choice: Encodable, Sendable {
        let choiceCount: Int64
        let choiceName: String
    }

    struct Finished: Encodable, Sendable {
        let finishedNumber: String
        let finishedGuest: String
        let finishedTime: String
        let finishedWhat: String
        let recallAction: String
        let recallFields: [BoardCard.Field]
    }

    let allDayTotal: Int64
    let hasAllDay: Bool
    let allDay: [Item]
    let finishedTotal: Int
    let hasFinished: Bool
    let finished: [Finished]
    let boardHref: String

    init(_ board: BoardRepository.Board, at station: BoardStation, zone: VenueZone) {
        let counts = AllDayCount.counts(of: board.open, station: station.name)
        allDay = counts.map { item in
            Item(
                itemCount: item.count, itemName: item.name, hasChoices: !item.choices.isEmpty,
                choices: item.choices.map { Choice(choiceCount: $0.count, choiceName: $0.name) })
        }
        allDayTotal = counts.reduce(0) { $0 + $1.count }
        hasAllDay = !counts.isEmpty
        finished = Self.finished(board, at: station).map { Finished($0, at: station, zone: zone) }
        finishedTotal = finished.count
        hasFinished = !finished.isEmpty
        boardHref = station.boardHref
    }

    private static let mostFinished = 12

    /// For everybody what was handed over; for a station what it has done of orders that are still in the house.
    private static func finished(
        _ board: BoardRepository.Board, at station: BoardStation
    ) -> [BoardRepository.Ticket] {
        guard let name = station.name else { return board.completed }
        let gone = board.open.filter { !$0.kitchenLines(of: name).isEmpty && !station.shows($0) }
        return Array(gone.sorted { $0.order.changedAt > $1.order.changedAt }.prefix(mostFinished))
    }
}

extension BoardSides.Finished {
    init(_ ticket: BoardRepository.Ticket, at station: BoardStation, zone: VenueZone) {
        let order = ticket.order
        let lines = ticket.kitchenLines(of: station.name)
        let isAllDone = lines.allSatisfy { $0.openQuantity == 0 }
        let fields: [(String, String)]
        if let name = station.name, isAllDone {
            recallAction = Paths.done(order.id)
            fields = [("station", name), ("isDone", "false")]
        } else {
            recallAction = Paths.status(order.id)
            let back: OrderStatus = order.status == .completed ? .ready : .preparing
            fields = [("status", back.rawValue), ("seen", order.status.rawValue)]
        }
        recallFields = fields.map(BoardCard.Field.init)
        finishedNumber = order.number.map(String.init) ?? "–"
        finishedGuest = order.contact.name
        finishedTime = zone.clockTime(order.changedAt)
        finishedWhat = lines.map { $0.quantity > 1 ? "\($0.quantity) \($0.name)" : $0.name }.joined(separator: ", ")
    }
}
