import HTTPTypes
import Hummingbird
import MuseShared

/// When categories and items are served.
struct AdminMenuHoursRoutes: Sendable {
    let desk: StaffDesk

    func add(to staff: some RouterMethods<StaffContext>) {
        for (kind, owner) in [
            ("items", MenuHoursOwner.item), ("categories", MenuHoursOwner.category),
        ] as [(String, @Sendable (String) -> MenuHoursOwner)] {
            let desk = Self(desk: desk)
            staff.get("/menu/\(kind)/{id}/hours") { _, context in try desk.show(owner(try desk.id(context)), context) }
            staff.get("/api/menu/\(kind)/{id}/hours") { _, context in
                try desk.tell(owner(try desk.id(context)), context)
            }
            staff.put("/api/menu/\(kind)/{id}/hours") { request, context in
                try await desk.set(owner(try desk.id(context)), request, context)
            }
            staff.post("/api/menu/\(kind)/{id}/hours") { request, context in
                try await desk.set(owner(try desk.id(context)), request, context)
            }
        }
    }

    private func id(_ context: StaffContext) throws -> String {
        guard let id = context.parameters.get("id"), IDSource.isPlausible(id) else { throw Problem.notFound }
        return id
    }

    private func tell(_ owner: MenuHoursOwner, _ context: StaffContext) throws -> Response {
        try context.require(.editMenu)
        guard let editing = try desk.menuHours.editing(owner) else { throw Problem.notFound }
        return try .json(HoursBody(editing.hours))
    }

    private func show(_ owner: MenuHoursOwner, _ context: StaffContext) throws -> Response {
        try context.require(.editMenu)
        return try page(owner, context)
    }

    /// As it is stored, or as it was typed with what is wrong about it.
    private func page(
        _ owner: MenuHoursOwner, _ context: StaffContext, typed: MenuHoursForm? = nil, problem: Problem? = nil
    ) throws -> Response {
        guard let editing = try desk.menuHours.editing(owner) else { throw Problem.notFound }
        let content = MenuHoursPage.Content(
            owner: owner, name: editing.name, form: typed ?? MenuHoursForm(editing.hours),
            words: editing.hours.words(in: try desk.venue().timeZone, at: desk.now()), problem: problem)
        let page = MenuHoursPage(content, staff: desk.frame(context))
        return try desk.renderer.html(page, status: problem?.status ?? .ok, context)
    }

    private func set(
        _ owner: MenuHoursOwner, _ request: Request, _ context: StaffContext
    ) async throws -> Response {
        try context.require(.editMenu)
        guard request.isForm else {
            let body = try await request.input(HoursBody.self, context)
            return try .json(HoursBody(try await save(try body.hours(), of: owner, context).hours))
        }
        let form = MenuHoursForm(try await request.formFields(context))
        do {
            let saved = try await save(try form.hours(), of: owner, context)
            return .redirect(
                to: Paths.hours(owner), flash: Flash(.success, "The hours of \(saved.name) are live."), context)
        } catch let refusal as any ProblemConvertible {
            guard refusal.problem.status == .unprocessableContent else { throw refusal.problem }
            return try page(owner, context, typed: form, problem: refusal.problem)
        }
    }

    private func save(
        _ hours: MenuHours, of owner: MenuHoursOwner, _ context: StaffContext
    ) async throws -> MenuHoursRepository.Editing {
        try await desk.changeMenuHours(
            ChangeMenuHours.Request(owner: owner, hours: hours, staffID: context.staff.id))
    }
}
