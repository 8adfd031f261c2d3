import MuseShared

/// One order on the board, or what one station has of it.
struct BoardCard: Encodable, Sendable {
    /// The tap that brings the order on.
    struct Move: Encodable, Sendable {
        let moveAction: String
        let moveLabel: String
        let moveFields: [Field]
    }

    struct Field: Encodable, Sendable {
        let fieldName: String
        let fieldValue: String
    }

    struct Back: Encodable, Sendable {
        let backStatus: String
        let backLabel = "Undo"
    }

    struct Line: Encodable, Sendable {
        let lineId: String
        let quantity: Int64
        let doneQuantity: Int64
        let lineName: String
        let hasOptions: Bool
        let options: [String]
        let lineNote: String?
        let isDone: Bool
        /// What a tap on the line makes of it: all done, or open again.
        let nextDone: Int64
        let more: More?
    }

    /// One more of several.
    struct More: Encodable, Sendable {
        let moreDone: Int64
        let moreWords: String
    }

    let orderId: String
    /// Another one each time the card's content may differ.
    let version: String
    let href: String
    let number: String
    let guest: String
    let kindWords: String
    let status: String
    let paidMs: Int64
    let promisedMs: Int64
    let age: String
    let promised: String
    let isLate: Bool
    /// Three minutes or less to what was promised.
    let isSoon: Bool
    let dueWords: String
    let lines: [Line]
    let orderNote: String?
    let returnedWords: String?
    /// What other stations still have of it.
    let elsewhere: String?
    let move: Move?
    let back: Back?
    let boardHref: String

    private static let soonMilliseconds: Int64 = 180_000

    /// - Parameter ticket: the whole order.
    init(_ ticket: BoardRepository.Ticket, at station: BoardStation, zone: VenueZone, now: Timestamp) {
        let order = ticket.order
        let words = BoardCardWords(ticket: ticket, station: station)
        let paid = order.paidAt ?? order.placedAt
        let promise = order.promisedAt ?? paid
        let left = promise.milliseconds - now.milliseconds
        // What stands ready is no longer late: the guest is.
        let isBeingMade = order.status != .ready
        orderId = order.id
        version = words.version
        href = Paths.order(order.id)
        number = order.number.map(String.init) ?? "–"
        guest = order.contact.name
        kindWords = StaffWords.kind(order)
        status = order.status.rawValue
        paidMs = paid.milliseconds
        promisedMs = promise.milliseconds
        age = StaffWords.minutes(now.milliseconds - paid.milliseconds)
        promised = zone.timeOrDay(promise, readOn: now)
        isLate = isBeingMade && left < 0
        isSoon = isBeingMade && (0...Self.soonMilliseconds).contains(left)
        dueWords =
            left < 0
            ? "Late by \(StaffWords.minutes(max(60_000, -left)))" : "Due in \(StaffWords.minutes(left + 59_999))"
        lines = ticket.kitchenLines(of: station.name).map { Line($0, isBeingMade: isBeingMade) }
        orderNote = order.note.isEmpty ? nil : order.note
        returnedWords = ticket.returnedWords
        elsewhere = words.elsewhere
        move = words.move
        back = words.back
        boardHref = station.boardHref
    }
}

extension BoardCard.Line {
    /// - Parameter isBeingMade: what stands ready is not counted any more.
    init(_ line: OrderLine, isBeingMade: Bool) {
        let isDone = line.openQuantity == 0
        self.init(
            lineId: line.id, quantity: line.quantity, doneQuantity: line.doneQuantity, lineName: line.name,
            hasOptions: !line.options.isEmpty, options: line.options.map(StaffWords.option),
            lineNote: line.note.isEmpty ? nil : line.note, isDone: isDone, nextDone: isDone ? 0 : line.quantity,
            more: line.quantity > 1 && !isDone && isBeingMade
                ? BoardCard.More(
                    moreDone: line.doneQuantity + 1, moreWords: "\(line.doneQuantity) of \(line.quantity)") : nil)
    }
}
