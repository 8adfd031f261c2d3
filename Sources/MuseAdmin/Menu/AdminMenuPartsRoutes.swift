import HTTPTypes
import Hummingbird
import MuseShared

/// Categories, modifier groups with their options, and the order of them all.
struct AdminMenuPartsRoutes: Sendable {
    let desk: StaffDesk

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.get("/menu/categories/new") { try showCategory(nil, $1) }
        staff.get("/menu/categories/{id}") { try showCategory(try id($1), $1) }
        staff.post("/api/menu/categories") { try await save(.category, nil, $0, $1) }
        staff.patch("/api/menu/categories/{id}") { try await save(.category, try id($1), $0, $1) }
        staff.post("/api/menu/categories/{id}") { try await save(.category, try id($1), $0, $1) }
        staff.get("/menu/groups", use: showGroups)
        staff.get("/menu/groups/new") { try showGroup(nil, $1) }
        staff.get("/menu/groups/{id}") { try showGroup(try id($1), $1) }
        staff.post("/api/menu/groups") { try await save(.group, nil, $0, $1) }
        staff.patch("/api/menu/groups/{id}") { try await save(.group, try id($1), $0, $1) }
        staff.post("/api/menu/groups/{id}") { try await save(.group, try id($1), $0, $1) }
        staff.get("/menu/arrange", use: showOrder)
        staff.post("/api/menu/order", use: order)
    }

    private func id(_ context: StaffContext) throws -> String {
        guard let id = context.parameters.get("id"), IDSource.isPlausible(id) else { throw Problem.notFound }
        return id
    }

    // MARK: Seeing

    private func showCategory(
        _ id: String?, _ context: StaffContext, typed: FormFields? = nil, problem: Problem? = nil
    ) throws -> Response {
        try context.require(.editMenu)
        let sketch = try desk.menuDraft(at: id.map(Paths.category) ?? Paths.menu)
        let ref = id.map { MenuRef(.category, $0) }
        let entity = try ref.map { try sketch.view[$0].unwrapped() }
        let page = StaffCategoryPage(
            StaffCategoryPage.Content(
                nav: sketch.nav, id: id, entity: entity, revision: try ref.map { try sketch.view.fingerprint(of: $0) },
                isLive: ref.flatMap { sketch.live[$0] } != nil, typed: typed, problem: problem),
            staff: desk.frame(context))
        return try desk.renderer.html(page, status: problem?.status ?? .ok, context)
    }

    private func showGroups(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.editMenu)
        let sketch = try desk.menuDraft(at: Paths.groups)
        let page = StaffGroupsPage(
            sketch.view, nav: sketch.nav, currency: try desk.venue().currency, staff: desk.frame(context))
        return try desk.renderer.html(page, context)
    }

    private func showGroup(
        _ id: String?, _ context: StaffContext, typed: FormFields? = nil, problem: Problem? = nil
    ) throws -> Response {
        try context.require(.editMenu)
        let sketch = try desk.menuDraft(at: id.map(Paths.group) ?? Paths.groups)
        let ref = id.map { MenuRef(.group, $0) }
        if let ref { _ = try sketch.view[ref].unwrapped() }
        let page = StaffGroupPage(
            StaffGroupPage.Content(
                nav: sketch.nav, id: id, menu: sketch.view,
                revision: try ref.map { try sketch.view.fingerprint(of: $0) }, currency: try desk.venue().currency,
                typed: typed, problem: problem),
            staff: desk.frame(context))
        return try desk.renderer.html(page, status: problem?.status ?? .ok, context)
    }

    private func showOrder(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.editMenu)
        let sketch = try desk.menuDraft(at: Paths.arrange)
        let page = StaffArrangePage(
            sketch.view, currency: try desk.venue().currency, nav: sketch.nav, staff: desk.frame(context))
        return try desk.renderer.html(page, context)
    }

    // MARK: Saving

    private func save(
        _ kind: MenuKind, _ id: String?, _ request: Request, _ context: StaffContext
    ) async throws -> Response {
        try context.require(.editMenu)
        let read = ReadMenuEdit(kind: kind, currency: try desk.venue().currency)
        let ref = MenuRef(kind, id ?? IDSource.live.next())
        guard request.isForm else {
            let edit = try read(try await request.input(ReadMenuEdit.Body.self, context))
            return try answer(ref, try await save(edit, ref, isNew: id == nil, context), isNew: id == nil)
        }
        let fields = try await request.formFields(context)
        do {
            let edit = try read(fields)
            let saved = try await save(edit, ref, isNew: id == nil, context)
            guard context.web.wantsPage else { return try answer(ref, saved, isNew: id == nil) }
            return .redirect(to: returnPath(ref, fields), flash: try flash(ref, saved, edit), context)
        } catch let refusal as any ProblemConvertible {
            let problem = refusal.problem
            let isAboutInput = problem.status == .unprocessableContent || problem.status == .conflict
            guard context.web.wantsPage, isAboutInput else { throw problem }
            return kind == .category
                ? try showCategory(id, context, typed: fields, problem: problem)
                : try showGroup(id, context, typed: fields, problem: problem)
        }
    }

    private func save(
        _ edit: MenuEdit, _ ref: MenuRef, isNew: Bool, _ context: StaffContext
    ) async throws -> EditMenu.Saved {
        var edits = edit.values.isEmpty && !isNew ? [:] : [ref: edit.values]
        var new: Set<MenuRef> = isNew ? [ref] : []
        if let options = edit.options {
            let view = try desk.menuDraft(at: Paths.groups).view
            var left = Set(view.options(ofGroup: ref.id).map(\.ref))
            for (place, option) in options.enumerated() {
                let target = MenuRef(.option, option.id ?? IDSource.live.next())
                if option.id == nil { new.insert(target) }
                left.remove(target)
                let fixed: [String: DifferenceValue] = [
                    "groupId": .text(ref.id), "position": .number(Int64(place)), "isArchived": .flag(false),
                ]
                edits[target] = option.values.merging(fixed) { _, mine in mine }
            }
            for option in left { edits[option] = ["isArchived": .flag(true)] }
        }
        return try await desk.editMenu(
            EditMenu.Request(
                subject: ref, edits: edits, new: new, seen: edit.seen, goesLive: edit.goesLive,
                staffID: context.staff.id))
    }

    private func answer(_ ref: MenuRef, _ saved: EditMenu.Saved, isNew: Bool) throws -> Response {
        try .json(try MenuEntityAnswer(ref, in: saved.menu), status: isNew ? .created : .ok)
    }

    private func returnPath(_ ref: MenuRef, _ fields: FormFields) -> String {
        if let path = Paths.known(fields.first("returnTo")) { return path }
        return ref.kind == .category ? Paths.menu + "#\(ref.id)" : Paths.group(ref.id)
    }

    private func flash(_ ref: MenuRef, _ saved: EditMenu.Saved, _ edit: MenuEdit) throws -> Flash {
        let name = saved.menu[ref]?.name ?? ""
        guard saved.isChanged else { return Flash(.notice, "\(name) is as it was.") }
        let words = "\(name) \(edit.goesLive ? "is live" : "waits in the draft")."
        let options = saved.menu.options(ofGroup: ref.id).map(\.ref)
        return try desk.flash(words, isLive: edit.goesLive, about: Set([ref] + options))
    }

    // MARK: Order

    private struct Order: Decodable {
        let kind: MenuKind
        /// All of the list, as it shall stand.
        let ids: [String]?
        /// One of them, and how many places down.
        let id: String?
        let by: Int?
        let returnTo: String?
    }

    private struct Arranged: Encodable {
        let ids: [String]
    }

    private func order(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.editMenu)
        let body = try await request.input(Order.self, context)
        let wish: ArrangeMenu.Wish
        if let ids = body.ids, !ids.isEmpty {
            wish = .order(body.kind, ids: ids)
        } else if let id = body.id, let steps = body.by {
            wish = .move(MenuRef(body.kind, id), by: steps)
        } else {
            throw Problem.invalid("ids", "Send all of the list in its new order, or one id and by how many places.")
        }
        let ids = try await desk.arrangeMenu(wish, staffID: context.staff.id)
        guard context.web.wantsPage else { return try .json(Arranged(ids: ids)) }
        return .redirect(to: Paths.known(body.returnTo) ?? Paths.arrange, context)
    }
}
