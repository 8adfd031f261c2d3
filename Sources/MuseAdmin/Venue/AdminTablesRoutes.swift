import HTTPTypes
import Hummingbird
import MuseShared

/// The tables, their links, and the cards to print.
struct AdminTablesRoutes: Sendable {
    let desk: StaffDesk

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.get("/tables", use: showTables)
        staff.get("/tables/cards", use: showCards)
        staff.get("/api/tables", use: tables)
        staff.post("/api/tables", use: add)
        staff.post("/api/tables/{id}/rotate", use: rotate)
        staff.post("/api/tables/{id}/remove", use: remove)
    }

    private var repository: DiningTableRepository { DiningTableRepository(database: desk.database) }

    private func showTables(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.manageVenue)
        return try page(context)
    }

    private func page(_ context: StaffContext, typed: FormFields? = nil, problem: Problem? = nil) throws -> Response {
        let page = TablesPage(
            try repository.all(), origin: desk.customerURL, typed: typed, problem: problem, staff: desk.frame(context))
        return try desk.renderer.html(page, status: problem?.status ?? .ok, context)
    }

    private func showCards(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.manageVenue)
        let page = TableCardsPage(try repository.all(), origin: desk.customerURL, staff: desk.frame(context))
        return try desk.renderer.html(page, context)
    }

    private struct Answer: Encodable {
        let id: String
        let name: String
        let area: String
        let link: String
    }

    private func answer(_ table: DiningTable) -> Answer {
        Answer(
            id: table.id, name: table.name, area: table.area,
            link: desk.customerURL.appending(Paths.tableLink(table.code)))
    }

    private func tables(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.manageVenue)
        return try .json(try repository.all().map(answer))
    }

    private func add(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.manageVenue)
        let fields = try await request.plainFields(context)
        let added: DiningTable
        do throws(ChangeTables.Refusal) {
            added = try await ChangeTables(database: desk.database)(
                .init(
                    change: .add(name: fields.first("name") ?? "", area: fields.first("area") ?? ""),
                    staffID: context.staff.id))
        } catch {
            let problem = error.problem
            guard context.web.wantsPage, problem.status == .unprocessableContent else { throw problem }
            return try page(context, typed: fields, problem: problem)
        }
        guard context.web.wantsPage else { return try .json(answer(added), status: .created) }
        return .redirect(to: Paths.tables, flash: Flash(.success, "Table \(added.name) is there."), context)
    }

    private func rotate(_ request: Request, _ context: StaffContext) async throws -> Response {
        try await change(context, words: { "Table \($0.name) has a new link. Print its card again." }) {
            .rotate(id: $0)
        }
    }

    private func remove(_ request: Request, _ context: StaffContext) async throws -> Response {
        try await change(context, words: { "Table \($0.name) is gone." }) { .remove(id: $0) }
    }

    private func change(
        _ context: StaffContext, words: (DiningTable) -> String, _ make: (String) -> ChangeTables.Change
    ) async throws -> Response {
        try context.require(.manageVenue)
        guard let id = context.parameters.get("id"), IDSource.isPlausible(id) else { throw Problem.notFound }
        let table: DiningTable
        do throws(ChangeTables.Refusal) {
            table = try await ChangeTables(database: desk.database)(
                .init(change: make(id), staffID: context.staff.id))
        } catch {
            throw error.problem
        }
        guard context.web.wantsPage else { return try .json(answer(table)) }
        return .redirect(to: Paths.tables, flash: Flash(.success, words(table)), context)
    }
}
