import HTTPTypes
import Hummingbird
import MuseShared

/// Promo codes: all of them, one with its uses, creating and changing.
struct AdminPromoRoutes: Sendable {
    let desk: StaffDesk

    /// Of the newest uses on a code's page.
    private static let shownUses = 100

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.get("/promo-codes", use: showAll)
        staff.get("/promo-codes/new", use: showNew)
        staff.get("/promo-codes/{id}", use: showOne)
        staff.get("/api/promo-codes", use: all)
        staff.post("/api/promo-codes", use: create)
        staff.get("/api/promo-codes/{id}", use: one)
        staff.patch("/api/promo-codes/{id}", use: change)
        staff.post("/api/promo-codes/{id}", use: change)
    }

    private func promo(_ context: StaffContext) throws -> PromoCode {
        guard let id = context.parameters.get("id"), IDSource.isPlausible(id), let promo = try desk.promos.promo(id)
        else { throw Problem.notFound }
        return promo
    }

    // MARK: Seeing

    private func showAll(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.managePromoCodes)
        let page = PromoCodesPage(
            try desk.promos.all(), venue: try desk.venue(), now: desk.now(), staff: desk.frame(context))
        return try desk.renderer.html(page, context)
    }

    private func showNew(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.managePromoCodes)
        return try page(nil, context)
    }

    private func showOne(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.managePromoCodes)
        return try page(try promo(context), context)
    }

    private func page(
        _ promo: PromoCode?, _ context: StaffContext, typed: FormFields? = nil, problem: Problem? = nil
    ) throws -> Response {
        let venue = try desk.venue()
        var form = promo.map { PromoForm($0, venue: venue) } ?? PromoForm()
        if let typed { form.take(typed) }
        // Whoever has read what a colleague changed may save over it with the next press.
        if problem?.status == .conflict, let promo { form.revision = String(promo.revision) }
        let content = PromoCodePage.Content(
            promo: promo, uses: try promo.map { try desk.promoUses.uses(of: $0.id, limit: Self.shownUses) } ?? [],
            categories: try desk.menu.published().menu.categories, venue: venue, form: form, problem: problem)
        return try desk.renderer.html(
            PromoCodePage(content, staff: desk.frame(context)), status: problem?.status ?? .ok, context)
    }

    private struct All: Encodable {
        let promoCodes: [StaffPromoAnswer]
    }

    private func all(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.managePromoCodes)
        return try .json(All(promoCodes: try desk.promos.all().map { StaffPromoAnswer($0) }))
    }

    private func one(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.managePromoCodes)
        let promo = try promo(context)
        let uses = try desk.promoUses.uses(of: promo.id, limit: Self.shownUses)
        return try .json(StaffPromoAnswer(promo, uses: uses))
    }

    // MARK: Changing

    private func create(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.managePromoCodes)
        return try await save(nil, request, context)
    }

    private func change(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.managePromoCodes)
        return try await save(try promo(context), request, context)
    }

    private func save(
        _ promo: PromoCode?, _ request: Request, _ context: StaffContext
    ) async throws -> Response {
        if request.isForm { return try await save(promo, try await request.formFields(context), context) }
        let body = try await request.input(ReadPromoChange.Body.self, context)
        let saved = try await desk.savePromoCode(
            .init(id: promo?.id, change: body.change, seenRevision: body.revision, staffID: context.staff.id))
        return try .json(StaffPromoAnswer(saved), status: promo == nil ? .created : .ok)
    }

    private func save(_ promo: PromoCode?, _ fields: FormFields, _ context: StaffContext) async throws -> Response {
        do {
            let change = try ReadPromoChange(venue: try desk.venue())(fields)
            let saved = try await desk.savePromoCode(
                .init(
                    id: promo?.id, change: change, seenRevision: fields.first("revision").flatMap { Int64($0) },
                    staffID: context.staff.id))
            guard context.web.wantsPage else {
                return try .json(StaffPromoAnswer(saved), status: promo == nil ? .created : .ok)
            }
            let words = saved.terms.isActive ? "is saved. It counts from the next order on." : "no longer counts."
            let flash = Flash(.success, "\(saved.terms.code) \(words)")
            return .redirect(to: Paths.promoCodes, flash: flash, context)
        } catch let refusal as any ProblemConvertible {
            let problem = refusal.problem
            let isAboutInput = problem.status == .unprocessableContent || problem.status == .conflict
            guard context.web.wantsPage, isAboutInput else { throw problem }
            let fresh = try promo.flatMap { try desk.promos.promo($0.id) }
            return try page(fresh, context, typed: fields, problem: problem)
        }
    }
}
