import HTTPTypes
import Hummingbird
import MuseShared

/// 86: items and options off the menu and back in one tap, and the board for it.
struct AdminSoldOutRoutes: Sendable {
    let desk: StaffDesk

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.get("/86", use: showBoard)
        staff.post("/api/menu/items/{id}/sold-out", use: markItem)
        staff.delete("/api/menu/items/{id}/sold-out", use: returnItem)
        staff.post("/api/menu/options/{id}/sold-out", use: markOption)
        staff.delete("/api/menu/options/{id}/sold-out", use: returnOption)
    }

    private func showBoard(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.markSoldOut)
        let content = SoldOutBoardPage.Content(
            menu: try desk.menu.published(), venue: try desk.venue(), now: desk.now(),
            showsOnlyGone: request.uri.queryParameters.get("show") == "gone",
            mayEditHours: context.staff.may(.editMenu))
        return try desk.renderer.html(SoldOutBoardPage(content, staff: desk.frame(context)), context)
    }

    private func id(_ context: StaffContext) throws -> String {
        guard let id = context.parameters.get("id"), IDSource.isPlausible(id) else { throw Problem.notFound }
        return id
    }

    private func markItem(_ request: Request, _ context: StaffContext) async throws -> Response {
        try await mark(.item(try id(context)), request, context)
    }

    private func markOption(_ request: Request, _ context: StaffContext) async throws -> Response {
        try await mark(.option(try id(context)), request, context)
    }

    private func returnItem(_ request: Request, _ context: StaffContext) async throws -> Response {
        try await mark(.item(try id(context)), .backOnMenu, context, returnTo: nil)
    }

    private func returnOption(_ request: Request, _ context: StaffContext) async throws -> Response {
        try await mark(.option(try id(context)), .backOnMenu, context, returnTo: nil)
    }

    private func mark(
        _ subject: SoldOutRepository.Subject, _ request: Request, _ context: StaffContext
    ) async throws -> Response {
        try context.require(.markSoldOut)
        let hasBody = request.headers[.contentType] != nil
        let body = hasBody ? try await request.input(SoldOutBody.self, context) : nil
        let wish = try ReadSoldOutWish(zone: try desk.venue().timeZone, now: desk.now())(body)
        return try await mark(subject, wish, context, returnTo: body?.returnTo)
    }

    private struct Answer: Encodable {
        let id: String
        let name: String
        let available: Bool
        let soldOutUntil: Timestamp?
        /// The menu's version that shows it to guests.
        let menuVersion: Int64
    }

    private func mark(
        _ subject: SoldOutRepository.Subject, _ wish: MarkSoldOut.Wish, _ context: StaffContext, returnTo: String?
    ) async throws -> Response {
        try context.require(.markSoldOut)
        let back = Paths.known(returnTo) ?? Paths.soldOut(subject)
        let marked: MarkSoldOut.Marked
        do throws(MarkSoldOut.Refusal) {
            marked = try await desk.markSoldOut(MarkSoldOut.Request(subject, wish, staffID: context.staff.id))
        } catch {
            let problem = error.problem
            guard context.web.wantsPage, problem.status == .conflict else { throw problem }
            return .redirect(to: back, flash: Flash(.warning, "\(problem.title) \(problem.detail ?? "")"), context)
        }
        guard context.web.wantsPage else {
            return try .json(
                Answer(
                    id: subject.id, name: marked.name, available: marked.availability.isOnMenu,
                    soldOutUntil: marked.availability.returnsAt, menuVersion: marked.version))
        }
        return .redirect(to: back, flash: Flash(.success, try words(marked)), context)
    }

    /// `Croissant is sold out until Tue 24 Nov, 7:30 AM.`
    private func words(_ marked: MarkSoldOut.Marked) throws -> String {
        guard !marked.availability.isOnMenu else { return "\(marked.name) is back on the menu." }
        guard let until = marked.availability.returnsAt else {
            return "\(marked.name) is sold out until you put it back."
        }
        return "\(marked.name) is sold out until \(try desk.venue().timeZone.dayAndTime(until))."
    }
}
