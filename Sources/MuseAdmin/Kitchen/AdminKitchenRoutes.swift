import Foundation
import Hummingbird
import MuseShared

/// The live board, the streams that screens follow, and the taps on it.
struct AdminKitchenRoutes: Sendable {
    let desk: StaffDesk
    let pingEvery: Duration

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.get("/board", use: showBoard)
        staff.get("/api/board", use: board)
        staff.get("/api/board/stream", use: boardStream)
        staff.get("/api/orders/stream", use: orderStream)
        staff.get("/orders/{id}/ticket", use: showTicket)
        let taps = TapBoardAction(desk: desk)
        staff.post("/api/orders/{id}/done", use: taps.markDone)
        staff.post("/api/board/taps/{tap}/undo", use: taps.undo)
    }

    private func showBoard(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.viewBoard)
        let page = BoardPage(
            try desk.board.board(), at: try BoardStation(request), venue: try desk.venue(), now: desk.now(),
            staff: desk.frame(context))
        return try desk.renderer.html(page, context)
    }

    /// - Throws: 404 for what is not paid: the kitchen does not hear of it.
    private func showTicket(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.viewBoard)
        guard let id = context.parameters.get("id"), IDSource.isPlausible(id),
            let detail = try desk.orders.detail(id), detail.order.paidAt != nil
        else { throw Problem.notFound }
        let ticket = BoardRepository.Ticket(
            order: detail.order, lines: detail.lines, returnedMinor: detail.returnedMinor)
        let page = KitchenTicketPage(ticket, zone: try desk.venue().timeZone, now: desk.now())
        return try desk.renderer.html(page, context)
    }

    private func board(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.viewBoard)
        return try .json(try await desk.press.everything(at: try BoardStation(request)))
    }

    /// An event `board` with the whole board at first and then with what each change made of it.
    private func boardStream(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.viewBoard)
        let station = try BoardStation(request)
        let press = desk.press
        return try follow(context) { events, changes in
            var known: BoardPress.Sheet?
            func tell() async throws {
                let (sheet, news) = try await press.news(at: station, since: known)
                known = sheet
                if let news { try await events.send(event: "board", data: news) }
            }
            try await tell()
            for await _ in changes { try await tell() }
        }
    }

    private struct Beat: Encodable {
        let version: Int64
        let at: Timestamp
    }

    /// An event `orders` for each change of any order, with the version of it.
    private func orderStream(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.viewBoard)
        let desk = desk
        return try follow(context) { events, changes in
            try await events.send(event: "orders", data: Self.beat(desk))
            for await _ in changes { try await events.send(event: "orders", data: Self.beat(desk)) }
        }
    }

    /// A stream of what `tell` sends as orders change, with `ping` in between.
    ///
    /// It ends with the session, at the next ping, which a stream would otherwise outlive by days.
    private func follow(
        _ context: StaffContext,
        _ tell: @escaping @Sendable (EventSink, AsyncStream<Void>) async throws -> Void
    ) throws -> Response {
        let desk = desk
        let pingEvery = pingEvery
        let token = context.web.staffToken
        return try EventStream.response(context) { events in
            let changes = desk.changes.changes(of: [.orders])
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await tell(events, changes) }
                group.addTask {
                    while !events.isFinished {
                        try await Task.sleep(for: pingEvery)
                        guard let token, try desk.sessions.session(token) != nil else { return }
                        try await events.send(event: "ping", data: Self.beat(desk))
                    }
                }
                try await group.next()
                group.cancelAll()
            }
        }
    }

    private static func beat(_ desk: StaffDesk) throws -> String {
        let beat = Beat(version: try desk.versions.current(.orders), at: desk.now())
        return String(decoding: try MuseJSON.encoder.encode(beat), as: UTF8.self)
    }
}
