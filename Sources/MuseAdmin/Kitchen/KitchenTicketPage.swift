import MuseShared

/// One order on paper, for a kitchen whose network or tablet is gone, or that hangs its work on a rail.
struct KitchenTicketPage: Page {
    static let template = "kitchen/kitchen-ticket-page"

    struct Line: Encodable, Sendable {
        let quantity: Int64
        let lineName: String
        let options: [String]
        let lineNote: String?
    }

    /// What one station makes of it.
    struct Part: Encodable, Sendable {
        let stationName: String
        let lines: [Line]
    }

    let title: String
    let number: String
    let guest: String
    let kindWords: String
    let paidTime: String
    let promised: String?
    let orderNote: String?
    let returnedWords: String?
    let parts: [Part]
    let printedTime: String

    init(_ ticket: BoardRepository.Ticket, zone: VenueZone, now: Timestamp) {
        let order = ticket.order
        number = order.number.map(String.init) ?? "–"
        title = "Ticket \(number)"
        guest = order.contact.name
        kindWords = StaffWords.kind(order)
        paidTime = zone.clockTime(order.paidAt ?? order.placedAt)
        promised = order.promisedAt.map { zone.timeOrDay($0, readOn: now) }
        orderNote = order.note.isEmpty ? nil : order.note
        returnedWords = ticket.returnedWords
        parts = Dictionary(grouping: ticket.kitchenLines(of: nil), by: \.station).sorted { $0.key < $1.key }
            .map { station, lines in
                Part(stationName: BoardStation(name: station).label, lines: lines.map(Line.init))
            }
        printedTime = zone.clockTime(now)
    }
}

extension KitchenTicketPage.Line {
    init(_ line: OrderLine) {
        self.init(
            quantity: line.quantity, lineName: line.name, options: line.options.map(StaffWords.option),
            lineNote: line.note.isEmpty ? nil : line.note)
    }
}
