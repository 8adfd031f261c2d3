import HTTPTypes
import Hummingbird
import MuseShared

/// Counted stock and the hours in which things are served, for programs.
struct AdminStockRoutes: Sendable {
    let desk: StaffDesk

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.get("/api/stock", use: levels)
        staff.get("/api/menu/items/{id}/stock", use: history)
        staff.post("/api/menu/items/{id}/stock", use: change)
        staff.get("/api/menu/items/{id}/hours", use: itemHours)
        staff.put("/api/menu/items/{id}/hours", use: setItemHours)
        staff.get("/api/menu/categories/{id}/hours", use: categoryHours)
        staff.put("/api/menu/categories/{id}/hours", use: setCategoryHours)
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
        let count = try await desk.changeStock(
            ChangeStock.Request(itemID: id, change: try body.change(), staffID: context.staff.id))
        return try .json(StockCount(id: id, count: count, menuVersion: try desk.versions.current(.menu)))
    }

    private struct StockCount: Encodable {
        let id: String
        let count: Int64?
        let menuVersion: Int64
    }

    // MARK: Hours

    private func itemHours(_ request: Request, _ context: StaffContext) throws -> Response {
        try show(.item(try id(context)), context)
    }

    private func categoryHours(_ request: Request, _ context: StaffContext) throws -> Response {
        try show(.category(try id(context)), context)
    }

    private func show(_ owner: MenuHoursOwner, _ context: StaffContext) throws -> Response {
        try context.require(.editMenu)
        guard let editing = try desk.menuHours.editing(owner) else { throw Problem.notFound }
        return try .json(HoursBody(editing.hours))
    }

    private func setItemHours(_ request: Request, _ context: StaffContext) async throws -> Response {
        try await set(.item(try id(context)), request, context)
    }

    private func setCategoryHours(_ request: Request, _ context: StaffContext) async throws -> Response {
        try await set(.category(try id(context)), request, context)
    }

    private func set(
        _ owner: MenuHoursOwner, _ request: Request, _ context: StaffContext
    ) async throws -> Response {
        try context.require(.editMenu)
        let body = try await request.input(HoursBody.self, context)
        let saved = try await desk.changeMenuHours(
            ChangeMenuHours.Request(owner: owner, hours: try body.hours(), staffID: context.staff.id))
        return try .json(HoursBody(saved.hours))
    }
}
