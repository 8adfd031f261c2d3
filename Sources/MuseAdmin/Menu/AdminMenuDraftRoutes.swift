import HTTPTypes
import Hummingbird
import MuseShared

/// The draft: looking it over, publishing it, dropping it; and every menu there has been.
struct AdminMenuDraftRoutes: Sendable {
    let desk: StaffDesk

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.get("/menu/publish", use: showDraft)
        staff.post("/api/menu/publish", use: publish)
        staff.post("/api/menu/draft", use: settle)
        staff.post("/api/menu/preview", use: preview)
        staff.get("/menu/history", use: showHistory)
        staff.get("/menu/history/{number}", use: showVersion)
        staff.get("/api/menu/versions", use: versions)
        staff.post("/api/menu/versions/{number}/revert", use: revert)
    }

    // MARK: The draft

    private func showDraft(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.editMenu)
        return try draftPage(context)
    }

    private func draftPage(_ context: StaffContext, problem: Problem? = nil) throws -> Response {
        let sketch = try desk.menuDraft(at: Paths.publish)
        let venue = try desk.venue()
        let conflicts = sketch.draft.conflicts(with: sketch.live)
        let items = try desk.menu.published().menu.categories.flatMap(\.items)
        let words = MenuChangeWords(
            before: sketch.live, after: sketch.view, currency: venue.currency, zone: venue.timeZone,
            authors: sketch.draft.authors, conflicts: conflicts,
            soldOut: Set(items.filter { $0.kitchen.isSoldOut || $0.kitchen.stockCount == 0 }.map(\.id)),
            canSettle: true)
        let page = StaffPublishPage(
            StaffPublishPage.Content(
                nav: sketch.nav, cards: words.cards(sketch.pending),
                revision: try sketch.draft.fingerprint(on: sketch.live),
                conflicts: conflicts.count, preview: desk.previews.link(now: desk.now()), zone: venue.timeZone,
                problem: problem),
            staff: desk.frame(context))
        return try desk.renderer.html(page, status: problem?.status ?? .ok, context)
    }

    private struct Publish: Decodable {
        let revision: String?
        /// Of a program: some things; of a form: one.
        let only: [MenuRef]?
        let kind: MenuKind?
        let id: String?
    }

    private func publish(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.editMenu)
        let body = try await request.input(Publish.self, context)
        let one = body.kind.flatMap { kind in body.id.map { Set([MenuRef(kind, $0)]) } }
        do throws(PublishMenu.Refusal) {
            let published = try await desk.publishMenu(
                PublishMenu.Request(
                    only: body.only.map(Set.init) ?? one, seen: body.revision, staffID: context.staff.id))
            return try done(published, "is live.", context)
        } catch {
            return try refused(error.problem, context) { try draftPage(context, problem: $0) }
        }
    }

    private func done(
        _ published: PublishMenu.Published, _ words: String, _ context: StaffContext
    ) throws(PublishMenu.Refusal) -> Response {
        guard context.web.wantsPage else {
            do { return try .json(PublishedAnswer(published)) } catch { throw .failed(error) }
        }
        return .redirect(
            to: Paths.version(published.number), flash: Flash(.success, "Menu \(published.number) \(words)"), context)
    }

    private func refused(
        _ problem: Problem, _ context: StaffContext, page: (Problem) throws -> Response
    ) throws -> Response {
        let isExplained = problem.status == .conflict || problem.status == .unprocessableContent
        guard context.web.wantsPage, isExplained else { throw problem }
        return try page(problem)
    }

    private struct Settle: Decodable {
        /// Both missing: all that waits.
        let kind: MenuKind?
        let id: String?
        let field: String?
        let keep: SettleDraft.Choice
    }

    private func settle(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.editMenu)
        let body = try await request.input(Settle.self, context)
        let ref = body.kind.flatMap { kind in body.id.map { MenuRef(kind, $0) } }
        do throws(SettleDraft.Refusal) {
            try await desk.settleDraft(
                SettleDraft.Request(ref: ref, field: body.field, choice: body.keep, staffID: context.staff.id))
        } catch {
            return try refused(error.problem, context) { try draftPage(context, problem: $0) }
        }
        guard context.web.wantsPage else { return Response(status: .noContent, headers: [.cacheControl: "no-store"]) }
        let words = body.keep == .live ? "Taken out of the draft." : "The draft holds."
        return .redirect(to: Paths.publish, flash: Flash(.success, words), context)
    }

    private struct PreviewAnswer: Encodable {
        let url: String
        let until: Timestamp
    }

    private func preview(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.viewMenu)
        guard let link = desk.previews.link(now: desk.now()) else { throw Problem.notFound }
        return try .json(PreviewAnswer(url: link.url, until: link.until), status: .created)
    }

    // MARK: History

    private struct Versions: Encodable {
        let versions: [MenuVersionAnswer]
    }

    private func before(_ request: Request) -> Int64 {
        request.uri.queryParameters.get("before").flatMap { Int64($0) } ?? .max
    }

    private func versions(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.editMenu)
        let found = try desk.menuVersions.latest(StaffHistoryPage.pageSize, before: before(request))
        return try .json(Versions(versions: found.map(MenuVersionAnswer.init)))
    }

    private func showHistory(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.editMenu)
        let sketch = try desk.menuDraft(at: Paths.history)
        let page = StaffHistoryPage(
            try desk.menuVersions.latest(StaffHistoryPage.pageSize + 1, before: before(request)), menu: sketch.view,
            zone: try desk.venue().timeZone, nav: sketch.nav, staff: desk.frame(context))
        return try desk.renderer.html(page, context)
    }

    private func number(_ context: StaffContext) throws -> Int64 {
        guard let number = context.parameters.get("number").flatMap({ Int64($0) }), number >= 0 else {
            throw Problem.notFound
        }
        return number
    }

    private func showVersion(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.editMenu)
        return try versionPage(try number(context), context)
    }

    private func versionPage(_ number: Int64, _ context: StaffContext, problem: Problem? = nil) throws -> Response {
        guard let look = try desk.menuVersions.look(at: number) else { throw Problem.notFound }
        let venue = try desk.venue()
        let way = look.after.changes(from: look.live)
        let was = MenuChangeWords(before: look.before, after: look.after, currency: venue.currency)
        let back = MenuChangeWords(before: look.live, after: look.after, currency: venue.currency)
        let page = StaffVersionPage(
            StaffVersionPage.Content(
                nav: try desk.menuDraft(at: Paths.version(number)).nav, number: number, version: look.version,
                cards: was.cards(look.version?.changes ?? MenuChanges()), way: back.cards(way),
                revision: try way.fingerprint, zone: venue.timeZone, problem: problem),
            staff: desk.frame(context))
        return try desk.renderer.html(page, status: problem?.status ?? .ok, context)
    }

    private struct Revert: Decodable {
        let revision: String?
    }

    private func revert(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.editMenu)
        let number = try number(context)
        let hasBody = request.headers[.contentType] != nil
        let seen = hasBody ? try await request.input(Revert.self, context).revision : nil
        do throws(RevertMenu.Refusal) {
            let published = try await desk.revertMenu(
                RevertMenu.Request(number: number, seen: seen, staffID: context.staff.id))
            do { return try done(published, "is live: the menu as it was.", context) } catch { throw .failed(error) }
        } catch {
            return try refused(error.problem, context) { try versionPage(number, context, problem: $0) }
        }
    }
}
