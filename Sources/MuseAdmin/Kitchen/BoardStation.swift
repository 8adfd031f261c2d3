import Hummingbird
import MuseShared

/// What a board is narrowed to, as its address says it: one station's lines, or everything.
struct BoardStation: Sendable, Hashable {
    /// Nil is all of them.
    let name: String?

    static let all = BoardStation(name: nil)

    init(name: String?) {
        self.name = name
    }

    /// - Throws: 422 for a station that can't be.
    init(_ request: Request) throws {
        let text = request.uri.queryParameters.get("station") ?? ""
        guard text.isEmpty || IDSource.isPlausible(text) else {
            throw Problem.invalid("station", "There is no such station.")
        }
        name = text.isEmpty ? nil : text
    }

    /// `Bar`, `All`.
    var label: String {
        name.map { $0.prefix(1).uppercased() + $0.dropFirst() } ?? "All"
    }

    var boardHref: String { address(Paths.board) }
    var streamHref: String { address("/api/board/stream") }
    var pollHref: String { address("/api/board") }

    private func address(_ path: String) -> String {
        name.map { "\(path)?station=\($0)" } ?? path
    }

    /// Everything, the stations of the menu, and any other that this board is of.
    static func choices(with current: BoardStation) -> [BoardStation] {
        let known = [all] + MenuWords.stations.map { BoardStation(name: $0) }
        return known.contains(current) ? known : known + [current]
    }

    /// Whether an order is on this board: on a station's until nothing is left to do on it there.
    func shows(_ ticket: BoardRepository.Ticket) -> Bool {
        guard name != nil else { return true }
        return ticket.order.status != .ready && ticket.kitchenLines(of: name).contains { $0.openQuantity > 0 }
    }
}
