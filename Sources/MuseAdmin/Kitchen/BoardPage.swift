import MuseShared

/// What the kitchen works on now, in columns by state; all of it, or one station's part.
struct BoardPage: Page {
    static let template = "kitchen/board-page"

    struct Station: Encodable, Sendable {
        let stationHref: String
        let stationName: String
        let isCurrent: Bool
    }

    struct Column: Encodable, Sendable {
        let state: String
        let columnName: String
        let count: Int
        let emptyWords: String
        let cards: [BoardCard]
    }

    let title: String
    let staff: StaffFrame
    let updatedTime: String
    /// IANA name: the page goes on telling the venue's time, wherever its screen is.
    let zone: String
    let nowMs: Int64
    let streamHref: String
    let pollHref: String
    let stations: [Station]
    let isStation: Bool
    let columns: [Column]
    let sides: BoardSides
    /// For those who may pause ordering: everybody who works on the board.
    let ordering: OrderingStrip

    init(
        _ board: BoardRepository.Board, at station: BoardStation = .all, venue: Venue, now: Timestamp,
        staff: StaffFrame
    ) {
        self.staff = staff
        title = station == .all ? "Board" : "Board, \(station.label)"
        updatedTime = venue.timeZone.clockTimeWithSeconds(now)
        zone = venue.timeZone.identifier
        nowMs = now.milliseconds
        streamHref = station.streamHref
        pollHref = station.pollHref
        stations = BoardStation.choices(with: station).map {
            Station(stationHref: $0.boardHref, stationName: $0.label, isCurrent: $0 == station)
        }
        isStation = station != .all
        columns = BoardColumn.all(at: station).map { column in
            let cards = board.open.filter { $0.order.status == column.status && station.shows($0) }
                .map { BoardCard($0, at: station, zone: venue.timeZone, now: now) }
            return Column(
                state: column.status.rawValue, columnName: column.name, count: cards.count,
                emptyWords: column.emptyWords, cards: cards)
        }
        sides = BoardSides(board, at: station, zone: venue.timeZone)
        ordering = OrderingStrip(venue, now: now, returnTo: station.boardHref)
    }
}

/// One state that a board has a column for.
struct BoardColumn: Sendable {
    let status: OrderStatus
    let name: String
    let emptyWords: String

    /// What is ready is nobody's work any more, so a station's board ends before it.
    static func all(at station: BoardStation) -> [BoardColumn] {
        let columns = [
            BoardColumn(status: .paid, name: "Received", emptyWords: "Nothing waits. New orders come in here."),
            BoardColumn(status: .preparing, name: "Being made", emptyWords: "Nothing on the stove."),
            BoardColumn(status: .ready, name: "Ready", emptyWords: "The counter is clear."),
        ]
        return station == .all ? columns : Array(columns.prefix(2))
    }
}
