import Hummingbird
import MuseShared

/// The link on a table's card: whoever opens it orders to that table until they say otherwise.
struct TableRoutes: Sendable {
    let counter: GuestCounter

    func add(to router: Router<VisitorContext>) {
        router.get("/t/{code}", use: open)
        router.post("/table/leave", use: leave)
    }

    /// Long enough for an evening, too short for the next visit.
    private static let lastsSeconds = 6 * 3600

    private func open(_ request: Request, _ context: VisitorContext) throws -> Response {
        let code = context.parameters.get("code") ?? ""
        let table = try counter.tables.table(code: code)
        let page = TablePage(table, site: try counter.frame(context))
        var response = try counter.renderer.html(page, status: table == nil ? .notFound : .ok, context)
        response.setCookie(
            table == nil
                ? context.web.cookies.removal(of: "table")
                : context.web.cookies.cookie("table", code, maxAge: Self.lastsSeconds))
        return response
    }

    private func leave(_ request: Request, _ context: VisitorContext) throws -> Response {
        var response = Response.redirect(
            to: context.cart.isEmpty ? Paths.menu : Paths.checkout,
            flash: Flash(.notice, "You order for pickup now."), context)
        response.setCookie(context.web.cookies.removal(of: "table"))
        return response
    }
}

extension GuestCounter {
    var tables: DiningTableRepository { DiningTableRepository(database: database) }

    /// The table of this guest's cookie, unless its link has been changed since.
    func table(_ context: some WebContext) throws -> DiningTable? {
        try context.web.cookie("table").flatMap { try tables.table(code: $0) }
    }

    /// To the guest's table, or to be picked up.
    func fulfilment(_ context: some WebContext) throws -> OrderRequest.FulfilmentChoice {
        try table(context).map { .init(type: .dineIn, table: $0.name) } ?? .init(type: .pickup)
    }
}
