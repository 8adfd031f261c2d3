import Foundation
import MuseShared

/// Prints the boards: once a change for each station, however many screens are open.
actor BoardPress {
    /// What one station's boards show at one version of the orders.
    struct Sheet: Sendable {
        struct Card: Sendable {
            let version: String
            let markup: String
        }

        let version: Int64
        let columns: [BoardNews.Column]
        let cards: [String: Card]
        let sides: String
    }

    private static let mostStations = 20

    private let renderer: PageRenderer
    private let boards: BoardRepository
    private let versions: CacheVersionRepository
    private let venues: VenueCache
    private let clock: WallClock
    private var board: BoardRepository.Board?
    private var sheets: [BoardStation: Sheet] = [:]
    /// News for who has an older sheet, or none; forgotten with the next change.
    private var news: [BoardStation: [Int64?: String]] = [:]

    init(renderer: PageRenderer, database: Database, venues: VenueCache) {
        self.renderer = renderer
        self.venues = venues
        clock = database.clock
        boards = BoardRepository(database: database)
        versions = CacheVersionRepository(database: database)
    }

    /// The present sheet, and what it has new for a screen that shows `known`; nil if it has nothing.
    func news(at station: BoardStation, since known: Sheet?) throws -> (sheet: Sheet, news: String?) {
        let sheet = try sheet(at: station)
        if known?.version == sheet.version { return (sheet, nil) }
        if let told = news[station]?[known?.version] { return (sheet, told) }
        let text = String(
            decoding: try MuseJSON.encoder.encode(Self.difference(sheet, known, clock.now())), as: UTF8.self)
        news[station, default: [:]][known?.version] = text
        return (sheet, text)
    }

    /// Everything that a board shows, for a screen that asks instead of listening.
    func everything(at station: BoardStation) throws -> BoardNews {
        Self.difference(try sheet(at: station), nil, clock.now())
    }

    private static func difference(_ sheet: Sheet, _ known: Sheet?, _ now: Timestamp) -> BoardNews {
        let changed = sheet.cards.filter { known?.cards[$0.key]?.version != $0.value.version }
        return BoardNews(
            version: sheet.version, at: now, columns: sheet.columns, cards: changed.mapValues(\.markup),
            sides: sheet.sides == known?.sides ? nil : sheet.sides)
    }

    private func sheet(at station: BoardStation) throws -> Sheet {
        let version = try versions.current(.orders)
        if let sheet = sheets[station], sheet.version >= version { return sheet }
        let board = try look(version)
        // A station is whatever an address says: nobody fills the memory with invented ones.
        if sheets[station] == nil, sheets.count >= Self.mostStations { (sheets, news) = ([:], [:]) }
        let sheet = try draw(board, at: station)
        sheets[station] = sheet
        news[station] = nil
        return sheet
    }

    /// One look for the boards of all stations.
    private func look(_ version: Int64) throws -> BoardRepository.Board {
        if let board, board.version >= version { return board }
        let fresh = try boards.board()
        board = fresh
        return fresh
    }

    private func draw(_ board: BoardRepository.Board, at station: BoardStation) throws -> Sheet {
        let zone = try venues.current().timeZone
        let now = clock.now()
        let known = sheets[station]?.cards ?? [:]
        let shown = board.open.filter { station.shows($0) }
        var cards: [String: Sheet.Card] = [:]
        for ticket in shown {
            let version = BoardCardWords(ticket: ticket, station: station).version
            if let card = known[ticket.order.id], card.version == version {
                cards[ticket.order.id] = card
            } else {
                let card = BoardCard(ticket, at: station, zone: zone, now: now)
                let markup = try renderer.text("kitchen/board-card", card)
                cards[ticket.order.id] = Sheet.Card(version: version, markup: markup)
            }
        }
        let columns = BoardColumn.all(at: station).map { column in
            BoardNews.Column(
                state: column.status.rawValue,
                ids: shown.filter { $0.order.status == column.status }.map(\.order.id))
        }
        let sides = try renderer.text("kitchen/board-sides", BoardSides(board, at: station, zone: zone))
        return Sheet(version: board.version, columns: columns, cards: cards, sides: sides)
    }
}
