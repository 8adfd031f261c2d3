import HTTPTypes
import Hummingbird
import MuseShared

/// The menu: seeing it, making and changing an item.
struct AdminMenuRoutes: Sendable {
    let desk: StaffDesk

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.get("/menu", use: showMenu)
        staff.get("/menu/items/new", use: showNewItem)
        staff.get("/menu/items/{id}", use: showItem)
        staff.get("/api/menu", use: menu)
        staff.post("/api/menu/items", use: create)
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
            try desk.menu.published(), zone: try desk.venue().timeZone, staff: desk.frame(context),
            draft: try desk.menuDraft(at: Paths.menu), canEdit: context.staff.may(.editMenu), refused: refused)
        return try desk.renderer.html(page, status: refused?.problem.status ?? .ok, context)
    }

    private func menu(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.viewMenu)
        let (live, draft) = try desk.content.both()
        return try .json(try StaffMenuAnswer(try desk.menu.published().menu, live: live, draft: draft))
    }

    private func showItem(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.editMenu)
        return try itemPage(try itemID(context), context)
    }

    private func showNewItem(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.editMenu)
        return try newItemPage(request.uri.queryParameters.get("category") ?? "", context)
    }

    private func newItemPage(
        _ category: String, _ context: StaffContext, typed: FormFields? = nil, problem: Problem? = nil
    ) throws -> Response {
        let sketch = try desk.menuDraft(at: Paths.menu)
        var form = ItemForm(
            .blank(category: category, in: sketch.view), revision: "", currency: try desk.venue().currency)
        if let typed { form.take(typed) }
        return try itemPage(sketch, nil, form, context, problem)
    }

    private func itemPage(
        _ id: String, _ context: StaffContext, typed: FormFields? = nil, problem: Problem? = nil
    ) throws -> Response {
        guard let editing = try desk.items.editing(id) else { throw Problem.notFound }
        var form = ItemForm(
            editing.item, revision: editing.revision.text, currency: try desk.venue().currency)
        if let typed { form.take(typed) }
        // Whoever has read what a colleague changed may publish over it with the next press.
        if problem?.status == .conflict { form.revision = editing.revision.text }
        return try itemPage(try desk.menuDraft(at: Paths.item(id)), editing, form, context, problem)
    }

    private func itemPage(
        _ sketch: MenuSketch, _ editing: ItemEditRepository.Editing?, _ form: ItemForm, _ context: StaffContext,
        _ problem: Problem?
    ) throws -> Response {
        let content = StaffItemPage.Content(
            nav: sketch.nav, editing: editing, menu: sketch.view, currency: try desk.venue().currency,
            version: try desk.versions.current(.menu), form: form, problem: problem)
        let page = StaffItemPage(content, staff: desk.frame(context))
        return try desk.renderer.html(page, status: problem?.status ?? .ok, context)
    }

    // MARK: Changing

    private func create(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.editMenu)
        let read = ReadItemChange(currency: try desk.venue().currency)
        guard request.isForm else {
            let body = try await request.input(ReadItemChange.Body.self, context)
            let (id, saved) = try await make(try read(body), isLive: body.publish ?? false, context)
            return try .json(try answer(id, saved), status: .created, headers: [.location: Paths.item(id)])
        }
        let fields = try await request.formFields(context)
        do {
            let (id, saved) = try await make(try read(fields), isLive: fields.first("publish") == "true", context)
            guard context.web.wantsPage else { return try .json(try answer(id, saved), status: .created) }
            let words = fields.first("publish") == "true" ? "is live." : "is in the draft."
            let name = saved.menu[MenuRef(.item, id)]?.name ?? "The item"
            return .redirect(to: Paths.item(id), flash: Flash(.success, "\(name) \(words)"), context)
        } catch let refusal as any ProblemConvertible {
            let problem = refusal.problem.renaming("priceMinor", to: "price")
            guard context.web.wantsPage, problem.status == .unprocessableContent else { throw problem }
            return try newItemPage(fields.first("categoryId") ?? "", context, typed: fields, problem: problem)
        }
    }

    private func make(
        _ change: ItemChange, isLive: Bool, _ context: StaffContext
    ) async throws -> (String, EditMenu.Saved) {
        let ref = MenuRef(.item, IDSource.live.next())
        let fields = ItemDraft.blank(category: "", in: try desk.menuDraft(at: Paths.menu).view).taking(change.fields)
        let saved = try await desk.editMenu(
            EditMenu.Request(
                subject: ref, edits: [ref: fields], new: [ref], goesLive: isLive, staffID: context.staff.id))
        return (ref.id, saved)
    }

    private func answer(_ id: String, _ saved: EditMenu.Saved) throws -> ItemAnswer {
        guard let editing = try desk.items.editing(id) else { throw Problem.notFound }
        return ItemAnswer(id, editing.item, revision: editing.revision, menuVersion: saved.menuVersion)
    }

    private func change(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.editMenu)
        let id = try itemID(context)
        if request.isForm { return try await change(id, try await request.formFields(context), context) }
        let body = try await request.input(ReadItemChange.Body.self, context)
        let read = ReadItemChange(currency: try desk.venue().currency)
        let changed = try await desk.changeItem(
            ChangeItem.Request(
                itemID: id, change: try read(body), seen: body.revision.flatMap(ItemRevision.init(text:)),
                goesLive: body.publish ?? false, staffID: context.staff.id))
        return try .json(ItemAnswer(id, changed.item, revision: changed.revision, menuVersion: changed.version))
    }

    private func change(_ id: String, _ fields: FormFields, _ context: StaffContext) async throws -> Response {
        let isLive = fields.first("publish") == "true"
        do {
            let change = try ReadItemChange(currency: try desk.venue().currency)(fields)
            let seen = fields.first("revision").flatMap(ItemRevision.init(text:))
            let changed = try await desk.changeItem(
                ChangeItem.Request(
                    itemID: id, change: change, seen: seen, goesLive: isLive, staffID: context.staff.id))
            guard context.web.wantsPage else {
                return try .json(
                    ItemAnswer(id, changed.item, revision: changed.revision, menuVersion: changed.version))
            }
            let isWaiting = !isLive && !change.isOfTheEvening
            return .redirect(to: returnPath(fields, id), flash: try saved(changed, id, isWaiting: isWaiting), context)
        } catch let refusal as any ProblemConvertible {
            return try refused(refusal.problem, id, fields, context)
        }
    }

    private func saved(_ changed: ChangeItem.Changed, _ id: String, isWaiting: Bool) throws -> Flash {
        guard !changed.fields.isEmpty else { return Flash(.notice, "\(changed.item.name) is as it was.") }
        let words = "\(changed.item.name) \(isWaiting ? "waits in the draft" : "is live")."
        return try desk.flash(words, isLive: !isWaiting, about: [MenuRef(.item, id)])
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
