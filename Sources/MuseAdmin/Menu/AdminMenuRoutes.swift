import HTTPTypes
import Hummingbird
import MuseShared

/// The menu: seeing it, changing an item.
struct AdminMenuRoutes: Sendable {
    let desk: StaffDesk

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.get("/menu", use: showMenu)
        staff.get("/menu/items/{id}", use: showItem)
        staff.get("/api/menu", use: menu)
        staff.patch("/api/menu/items/{id}", use: change)
        staff.post("/api/menu/items/{id}", use: change)
    }

    private func itemID(_ context: StaffContext) throws -> String {
        guard let id = context.parameters.get("id"), IDSource.isPlausible(id) else { throw Problem.notFound }
        return id
    }

    // MARK: Seeing

    private func showMenu(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.viewMenu)
        return try menuPage(context)
    }

    private func menuPage(_ context: StaffContext, refused: StaffMenuPage.RefusedPrice? = nil) throws -> Response {
        let page = StaffMenuPage(
            try desk.menu.published(), zone: try desk.venue().timeZone, staff: desk.frame(context), refused: refused)
        return try desk.renderer.html(page, status: refused?.problem.status ?? .ok, context)
    }

    private func menu(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.viewMenu)
        return try .json(try desk.menu.published().menu)
    }

    private func showItem(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.editMenu)
        return try itemPage(try itemID(context), context)
    }

    private func itemPage(
        _ id: String, _ context: StaffContext, typed: FormFields? = nil, problem: Problem? = nil
    ) throws -> Response {
        guard let editing = try desk.items.editing(id) else { throw Problem.notFound }
        let currency = try desk.venue().currency
        var form = ItemForm(editing, currency: currency)
        if let typed { form.take(typed) }
        // Whoever has read what a colleague changed may publish over it with the next press.
        if problem?.status == .conflict { form.revision = editing.revision.text }
        let content = StaffItemPage.Content(
            editing: editing, categories: try desk.items.categories(), currency: currency,
            version: try desk.versions.current(.menu), form: form, problem: problem)
        let page = StaffItemPage(content, staff: desk.frame(context))
        return try desk.renderer.html(page, status: problem?.status ?? .ok, context)
    }

    // MARK: Changing

    private func change(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.editMenu)
        let id = try itemID(context)
        if request.isForm { return try await change(id, try await request.formFields(context), context) }
        let body = try await request.input(ReadItemChange.Body.self, context)
        let read = ReadItemChange(currency: try desk.venue().currency)
        let changed = try await desk.changeItem(
            ChangeItem.Request(
                itemID: id, change: try read(body), seen: body.revision.flatMap(ItemRevision.init(text:)),
                staffID: context.staff.id))
        return try .json(ItemAnswer(id, changed.item, menuVersion: changed.version))
    }

    private func change(_ id: String, _ fields: FormFields, _ context: StaffContext) async throws -> Response {
        do {
            let change = try ReadItemChange(currency: try desk.venue().currency)(fields)
            let seen = fields.first("revision").flatMap(ItemRevision.init(text:))
            let changed = try await desk.changeItem(
                ChangeItem.Request(itemID: id, change: change, seen: seen, staffID: context.staff.id))
            guard context.web.wantsPage else {
                return try .json(ItemAnswer(id, changed.item, menuVersion: changed.version))
            }
            return .redirect(to: returnPath(fields, id), flash: saved(changed), context)
        } catch let refusal as any ProblemConvertible {
            return try refused(refusal.problem, id, fields, context)
        }
    }

    private func saved(_ changed: ChangeItem.Changed) -> Flash {
        changed.fields.isEmpty
            ? Flash(.notice, "\(changed.item.name) is as it was.") : Flash(.success, "\(changed.item.name) is live.")
    }

    private func returnPath(_ fields: FormFields, _ id: String) -> String {
        Paths.known(fields.first("returnTo")) ?? Paths.menu + "#item-\(id)"
    }

    /// The form again, with what was typed: the row of the list if it came from there, otherwise the editor.
    private func refused(
        _ problem: Problem, _ id: String, _ fields: FormFields, _ context: StaffContext
    ) throws -> Response {
        let problem = problem.renaming("priceMinor", to: "price")
        let isAboutInput = problem.status == .unprocessableContent || problem.status == .conflict
        guard context.web.wantsPage, isAboutInput else { throw problem }
        guard fields.first("name") == nil else { return try itemPage(id, context, typed: fields, problem: problem) }
        let row = StaffMenuPage.RefusedPrice(itemID: id, typed: fields.first("price") ?? "", problem: problem)
        return try menuPage(context, refused: row)
    }
}

extension Problem {
    /// The same with a field called as the form calls it.
    func renaming(_ field: String, to name: String) -> Problem {
        var copy = self
        copy.errors = errors.map { $0.field == field ? FieldError(name, $0.message) : $0 }
        return copy
    }
}
