import Hummingbird
import MuseShared

/// `POST /api/orders` from the checkout page: the cart is the cookie's, a success leads to Stripe's page, and a refusal
/// shows the page again with everything that was typed.
struct PlaceOrderForm: Sendable {
    let counter: GuestCounter

    func respond(to request: Request, _ context: VisitorContext) async throws -> Response {
        let form = CheckoutForm(try await request.formFields(context))
        let menu = try counter.menu.current().published
        let cart = PricedCart(context.cart, menu: menu)
        guard cart.isOrderable, let base = cart.derivation else {
            return .redirect(
                to: Paths.cart, flash: Flash(.warning, "Your cart has changed. Nothing was charged."), context)
        }
        let tipBase = base.totals.subtotalMinor - base.totals.discountMinor
        guard let tip = form.tipMinor(on: tipBase, currency: menu.currency) else {
            let problem = Problem.invalid("tipMinor", "Enter the tip as an amount like 3.50.")
            return try show(form, base, problem, context)
        }
        var order = form.request(lines: context.cart.requestLines, tipMinor: tip)
        do {
            let derivation = try QuoteOrder(menu: menu)(order)
            order.expectedTotalMinor = expectedTotal(form, derivation.totals)
            let placement = try await counter.placeOrder(
                .init(order: order, idempotencyKey: "form:\(form.idempotencyKey)"))
            return leadToPayment(placement, context)
        } catch {
            guard let refusal = error as? any ProblemConvertible else { throw error }
            order.expectedTotalMinor = nil
            let shown = (try? QuoteOrder(menu: menu)(order)) ?? base
            return try show(form, shown, refusal.problem, context)
        }
    }

    /// Without scripts the page can't add the tip to the total it shows: both are what the guest saw.
    private func expectedTotal(_ form: CheckoutForm, _ totals: Derivation.Totals) -> Int64? {
        guard let seen = form.seenTotalMinor else { return nil }
        return seen == totals.totalMinor - totals.tipMinor ? totals.totalMinor : seen
    }

    private func leadToPayment(_ placement: PlaceOrder.Placement, _ context: VisitorContext) -> Response {
        guard let url = placement.checkoutURL else {
            return .redirect(to: counter.links.path(for: placement.order.id) + "&from=checkout", context)
        }
        return .redirect(outside: url, of: counter.paymentOrigin(of: url))
    }

    private func show(
        _ form: CheckoutForm, _ derivation: Derivation, _ problem: Problem, _ context: VisitorContext
    ) throws -> Response {
        let content = CheckoutPage.Content(
            form: form, derivation: derivation, venue: try counter.venue(), holdMinutes: counter.holdMinutes,
            problem: problem, now: counter.now())
        let page = CheckoutPage(content, site: try counter.frame(context))
        return try counter.renderer.html(page, status: problem.status, context)
    }
}
