import HTTPTypes
import Hummingbird
import MuseShared

/// Counted stock: what is low, an item's history, and what staff do to it.
struct AdminStockRoutes: Sendable {
    let desk: StaffDesk

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.get("/stock", use: showStock)
        staff.get("/menu/items/{id}/stock", use: showItem)
        staff.get("/api/stock", use: levels)
        staff.get("/api/menu/items/{id}/stock", use: history)
        staff.post("/api/menu/items/{id}/stock", use: change)
    }

    private func id(_ context: StaffContext) throws -> String {
        guard let id = context.parameters.get("id"), IDSource.isPlausible(id) else { throw Problem.notFound }
        return id
    }

    // MARK: Stock

    private func levels(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.markSoldOut)
        return try .json(["items": try desk.stock.levels().map(StockAnswer.Level.init)])
    }

    private func history(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.markSoldOut)
        let id = try id(context)
        guard let level = try desk.stock.level(of: id) else { throw Problem.notFound }
        return try .json(StockAnswer(level, changes: try desk.stockHistory.latest(200, of: id)))
    }

    private func change(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.markSoldOut)
        let id = try id(context)
        let body = try await request.input(StockBody.self, context)
        let back = Paths.known(body.returnTo) ?? Paths.itemStock(id)
        do {
            let count = try await desk.changeStock(
                ChangeStock.Request(itemID: id, change: try body.change(), staffID: context.staff.id))
            guard context.web.wantsPage else {
                return try .json(StockCount(id: id, count: count, menuVersion: try desk.versions.current(.menu)))
            }
            let words = count.map { "There are \($0) now." } ?? "It is no longer counted."
            return .redirect(to: back, flash: Flash(.success, words), context)
        } catch let refusal as any ProblemConvertible {
            let problem = refusal.problem
            guard context.web.wantsPage, let message = problem.errors.first?.message else { throw problem }
            return .redirect(to: back, flash: Flash(.warning, "Nothing was changed. \(message)"), context)
        }
    }

    // MARK: Pages

    private func showStock(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.markSoldOut)
        return try desk.renderer.html(StockPage(try desk.stock.levels(), staff: desk.frame(context)), context)
    }

    private func showItem(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.markSoldOut)
        let id = try id(context)
        guard let item = try desk.menu.published().item(id) else { throw Problem.notFound }
        let content = ItemStockPage.Content(
            itemID: id, name: item.name, level: try desk.stock.level(of: id),
            changes: try desk.stockHistory.latest(200, of: id), zone: try desk.venue().timeZone,
            maySeeOrders: context.staff.may(.viewOrders), mayEdit: context.staff.may(.editMenu))
        return try desk.renderer.html(ItemStockPage(content, staff: desk.frame(context)), context)
    }

    private struct StockCount: Encodable {
        let id: String
        let count: Int64?
        let menuVersion: Int64
    }
}
