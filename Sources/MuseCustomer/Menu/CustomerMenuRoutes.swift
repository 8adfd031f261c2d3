import Hummingbird
import MuseShared

/// Home and menu: open to everyone.
struct CustomerMenuRoutes: Sendable {
    let counter: GuestCounter

    func add(to router: Router<VisitorContext>) {
        router.get("/", use: showHome)
        router.get("/menu", use: showMenu)
        router.get("/menu/{id}", use: showItem)
        router.get("/api/menu/stream", use: stream)
        menu.add(to: router)
    }

    /// Read far more often than anything else, and always from memory.
    var menu: ReadyRoute {
        ReadyRoute("/api/menu") { [menu = counter.menu] headers in try menu.current().form.answer(to: headers) }
    }

    private struct Sign: Encodable {
        let version: Int64
    }

    /// An event `menu` with the version at once and after each change, also one that time alone made; `ping` in between.
    /// What changed is fetched from `/api/menu`, which answers from memory: an open menu costs a listener and no query.
    private func stream(_ request: Request, _ context: VisitorContext) throws -> Response {
        let counter = counter
        return try EventStream.response(context) { events in
            let changes = counter.changes.changes(of: [.menu])
            try await events.send(
                event: "menu", data: Sign(version: try counter.menu.current().published.menu.version))
            for await _ in changes {
                try await events.send(
                    event: "menu", data: Sign(version: try counter.menu.current().published.menu.version))
            }
        }
    }

    private func showHome(_ request: Request, _ context: VisitorContext) throws -> Response {
        let page = HomePage(
            venue: try counter.venue(), queue: try counter.queue.current().kitchen, site: try counter.frame(context),
            now: counter.now())
        return try counter.renderer.html(page, context)
    }

    private func showMenu(_ request: Request, _ context: VisitorContext) throws -> Response {
        let page = MenuPage(
            menu: try counter.menu.current().published, venue: try counter.venue(),
            site: try counter.frame(context), now: counter.now(), ahead: try counter.ahead(context))
        return try counter.renderer.html(page, context)
    }

    private func showItem(_ request: Request, _ context: VisitorContext) throws -> Response {
        let menu = try counter.menu.current().published
        guard let id = context.parameters.get("id"), let item = menu.item(id) else { throw Problem.notFound }
        let page = ItemPage(
            item, menu: menu, servedFrom: try counter.servedFrom(item, context), site: try counter.frame(context))
        return try counter.renderer.html(page, context)
    }
}
