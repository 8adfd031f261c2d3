import Foundation
import Hummingbird
import MuseShared

/// The live board and the stream that it follows.
struct AdminKitchenRoutes: Sendable {
    let desk: StaffDesk
    let pingEvery: Duration

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.get("/board", use: showBoard)
        staff.get("/api/orders/stream", use: stream)
    }

    private func showBoard(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.viewBoard)
        let page = BoardPage(
            try desk.board.open(), venue: try desk.venue(), now: desk.now(), staff: desk.frame(context))
        return try desk.renderer.html(page, context)
    }

    private struct Beat: Encodable {
        let version: Int64
        let at: Timestamp
    }

    /// An event `orders` for each change of any order, with the version of it; `ping` in between.
    ///
    /// It ends with the session, at the next ping, which a stream would otherwise outlive by days.
    private func stream(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.viewBoard)
        let desk = desk
        let pingEvery = pingEvery
        let token = context.web.staffToken
        return EventStream.response(context) { events in
            let changes = desk.changes.changes(of: [.orders])
            try await events.send(event: "orders", data: Self.beat(desk))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await _ in changes { try await events.send(event: "orders", data: Self.beat(desk)) }
                }
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
