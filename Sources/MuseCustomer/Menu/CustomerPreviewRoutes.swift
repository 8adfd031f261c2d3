import HTTPTypes
import Hummingbird
import MuseShared

/// The menu as it would be if the draft were published, for whoever has a link from the staff site.
///
/// Never kept by a cache or a search engine, and nothing on it can be ordered.
struct CustomerPreviewRoutes: Sendable {
    let counter: GuestCounter
    let previews: PreviewLinks
    let menu: PreviewMenu

    func add(to router: Router<VisitorContext>) {
        router.get("/menu/preview", use: showMenu)
        router.get("/menu/preview/{id}", use: showItem)
    }

    /// - Throws: 404 for a link that is not ours or has ended: it says no more than any other address.
    private func preview(_ request: Request) throws -> MenuPreview {
        let parameters = request.uri.queryParameters
        let (until, code) = (parameters.get("until"), parameters.get("code"))
        guard previews.opens(until: until, code: code, now: counter.now()), let until, let code else {
            throw Problem.notFound
        }
        return MenuPreview(until: until, code: code)
    }

    private func showMenu(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let preview = try preview(request)
        let page = MenuPage(
            menu: try await menu(), venue: try counter.venue(), site: try counter.frame(context, cart: Cart()),
            now: counter.now(), preview: preview)
        return try hidden(try counter.renderer.html(page, context))
    }

    private func showItem(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let preview = try preview(request)
        let published = try await menu()
        guard let id = context.parameters.get("id"), let item = published.item(id) else { throw Problem.notFound }
        let page = ItemPage(
            item, menu: published, site: try counter.frame(context, cart: Cart()), preview: preview)
        return try hidden(try counter.renderer.html(page, context))
    }

    private func hidden(_ response: Response) throws -> Response {
        var response = response
        if let name = HTTPField.Name("X-Robots-Tag") { response.headers[name] = "noindex, nofollow" }
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

/// That a page shows the draft: said on the page, and where its items are.
struct MenuPreview: Encodable, Sendable {
    let menuHref: String
    private let query: String

    init(until: String, code: String) {
        query = "?until=\(until)&code=\(code)"
        menuHref = "/menu/preview" + query
    }

    func item(_ id: String) -> String { "/menu/preview/\(id)\(query)" }

    enum CodingKeys: CodingKey {
        case menuHref
    }
}
