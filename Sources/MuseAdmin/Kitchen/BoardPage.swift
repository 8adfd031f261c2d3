import MuseShared

/// What the kitchen works on now, in columns by state.
struct BoardPage: Page {
    static let template = "kitchen/board-page"

    struct Column: Encodable, Sendable {
        let state: String
        let columnName: String
        let count: Int
        let emptyWords: String
        let cards: [BoardCard]
    }

    let title = "Board"
    let staff: StaffFrame
    let updatedTime: String
    /// IANA name: the page goes on telling the venue's time, wherever its screen is.
    let zone: String
    let nowMs: Int64
    let columns: [Column]

    init(_ tickets: [BoardRepository.Ticket], venue: Venue, now: Timestamp, staff: StaffFrame) {
        self.staff = staff
        updatedTime = venue.timeZone.clockTimeWithSeconds(now)
        zone = venue.timeZone.identifier
        nowMs = now.milliseconds
        let words: [(OrderStatus, String, String)] = [
            (.paid, "Received", "Nothing waits. New orders come in here."),
            (.preparing, "Being made", "Nothing on the stove."), (.ready, "Ready", "The counter is clear."),
        ]
        columns = words.map { status, name, empty in
            let cards = tickets.filter { $0.order.status == status }.map {
                BoardCard($0, zone: venue.timeZone, now: now)
            }
            return Column(state: status.rawValue, columnName: name, count: cards.count, emptyWords: empty, cards: cards)
        }
    }
}

/// One order on the board.
struct BoardCard: Encodable, Sendable {
    struct Move: Encodable, Sendable {
        let moveStatus: String
        let moveLabel: String
    }

    struct Back: Encodable, Sendable {
        let backStatus: String
        let backLabel = "Undo"
    }

    struct Line: Encodable, Sendable {
        let quantity: Int64
        let lineName: String
        let hasOptions: Bool
        let options: [String]
        let lineNote: String?
    }

    let orderId: String
    /// Another one each time the card's content may differ.
    let version: Int64
    let href: String
    let number: String
    let guest: String
    let kindWords: String
    let paidMs: Int64
    let promisedMs: Int64
    let age: String
    let promised: String
    let isLate: Bool
    let lateWords: String
    /// Three minutes or less to what was promised.
    let isSoon: Bool
    let lines: [Line]
    let orderNote: String?
    let move: Move?
    let back: Back?

    private static let soonMilliseconds: Int64 = 180_000

    init(_ ticket: BoardRepository.Ticket, zone: VenueZone, now: Timestamp) {
        let order = ticket.order
        let paid = order.paidAt ?? order.placedAt
        let promise = order.promisedAt ?? paid
        let left = promise.milliseconds - now.milliseconds
        // What stands ready is no longer late: the guest is.
        let isBeingMade = order.status != .ready
        orderId = order.id
        version = order.changedAt.milliseconds
        href = Paths.order(order.id)
        number = order.number.map(String.init) ?? "–"
        guest = order.contact.name
        kindWords = StaffWords.kind(order)
        paidMs = paid.milliseconds
        promisedMs = promise.milliseconds
        age = StaffWords.minutes(now.milliseconds - paid.milliseconds)
        promised = zone.clockTime(promise)
        isLate = isBeingMade && left < 0
        lateWords = StaffWords.minutes(max(60_000, -left))
        isSoon = isBeingMade && (0...Self.soonMilliseconds).contains(left)
        lines = ticket.lines.map { line in
            Line(
                quantity: line.quantity, lineName: line.name, hasOptions: !line.options.isEmpty,
                options: line.options.map(StaffWords.option), lineNote: line.note.isEmpty ? nil : line.note)
        }
        orderNote = order.note.isEmpty ? nil : order.note
        let moves = MoveOrder.moves(from: order.status).filter { $0 != .cancelled }
        move = moves.first { !StaffWords.isBack($0, from: order.status) }
            .map { Move(moveStatus: $0.rawValue, moveLabel: StaffWords.move(to: $0)) }
        back = moves.first { StaffWords.isBack($0, from: order.status) }.map { Back(backStatus: $0.rawValue) }
    }
}
