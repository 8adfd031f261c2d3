import HTTPTypes
import Hummingbird
import MuseShared

/// What a guest does with an order afterwards: print its receipt, and have the same again.
struct CustomerReceiptRoutes: Sendable {
    let counter: GuestCounter

    func add(to router: Router<VisitorContext>) {
        router.get("/orders/{id}/receipt", use: showReceipt)
        router.post("/orders/{id}/reorder", use: reorder)
    }

    private func showReceipt(_ request: Request, _ context: VisitorContext) throws -> Response {
        let (detail, token) = try FindGuestOrder(counter: counter)(request, context)
        let view = OrderView(
            detail: detail, venue: try counter.venue(), token: token, payURL: nil, isInPayment: false,
            now: counter.now())
        // A receipt is of money that was paid; before that, the order's page says what is to be done.
        guard detail.order.paidAt != nil else {
            return .redirect(to: Paths.order(detail.order.id, token: token), context)
        }
        return try counter.renderer.html(ReceiptPage(view), context)
    }

    private struct Again: Decodable {
        let token: String?
    }

    private struct Added: Encodable {
        let added: Int64
        let missing: [String]
        let changed: [String]
    }

    private func reorder(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let body = try await request.input(Again.self, context)
        let (detail, _) = try FindGuestOrder(counter: counter)(request, context, token: body.token)
        let menu = try counter.menu.current().published
        let outcome = ReorderCart(menu: menu, ahead: try counter.ahead(context))(detail.lines, into: context.cart)
        guard context.web.wantsPage else {
            let added = Added(added: outcome.added, missing: outcome.missing, changed: outcome.changed)
            return outcome.cart.saved(in: try .json(added), context)
        }
        return outcome.cart.saved(in: .redirect(to: Paths.cart, flash: outcome.flash, context), context)
    }
}
