import Hummingbird
import MuseShared

/// The pickup board: open to everyone, since it shows nobody's name.
struct CustomerKitchenRoutes: Sendable {
    let counter: GuestCounter

    func add(to router: Router<VisitorContext>) {
        router.get("/pickup", use: showBoard)
        router.get("/api/pickup", use: board)
        router.get("/api/pickup/stream", use: stream)
    }

    private func showBoard(_ request: Request, _ context: VisitorContext) throws -> Response {
        let pickups = try PickupRepository(database: counter.database).pickups()
        let page = PickupPage(pickups, venue: try counter.venue(), now: counter.now())
        return try counter.renderer.html(page, context)
    }

    private func board(_ request: Request, _ context: VisitorContext) async throws -> Response {
        try .json(try await counter.pickups.current())
    }

    /// An event `pickup` with both lists at first and whenever they look different; `ping` in between.
    private func stream(_ request: Request, _ context: VisitorContext) throws -> Response {
        let counter = counter
        return try EventStream.response(context, heartbeat: .seconds(10)) { events in
            let changes = counter.changes.changes(of: [.orders])
            var shown = try await counter.pickups.current()
            try await events.send(event: "pickup", data: shown)
            for await _ in changes {
                let fresh = try await counter.pickups.current()
                guard fresh.markup != shown.markup else { continue }
                shown = fresh
                try await events.send(event: "pickup", data: fresh)
            }
        }
    }
}
