import Hummingbird
import MuseShared

/// Home and menu: open to everyone.
struct CustomerMenuRoutes: Sendable {
    let counter: GuestCounter

    func add(to router: Router<VisitorContext>) {
        router.get("/", use: showHome)
        router.get("/menu", use: showMenu)
        router.get("/menu/{id}", use: showItem)
        menu.add(to: router)
    }

    /// Read far more often than anything else, and always from memory.
    var menu: ReadyRoute {
        ReadyRoute("/api/menu") { [menu = counter.menu] headers in try menu.current().form.answer(to: headers) }
    }

    private func showHome(_ request: Request, _ context: VisitorContext) throws -> Response {
        let page = HomePage(venue: try counter.venue(), site: try counter.frame(context), now: counter.now())
        return try counter.renderer.html(page, context)
    }

    private func showMenu(_ request: Request, _ context: VisitorContext) throws -> Response {
        let page = MenuPage(
            menu: try counter.menu.current().published, venue: try counter.venue(),
            site: try counter.frame(context), now: counter.now())
        return try counter.renderer.html(page, context)
    }

    private func showItem(_ request: Request, _ context: VisitorContext) throws -> Response {
        let menu = try counter.menu.current().published
        guard let id = context.parameters.get("id"), let item = menu.item(id) else { throw Problem.notFound }
        let page = ItemPage(item, menu: menu, venue: try counter.venue(), site: try counter.frame(context))
        return try counter.renderer.html(page, context)
    }
}
