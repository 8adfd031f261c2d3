import Hummingbird
import MuseShared

/// `POST /api/orders` from the checkout page: the cart is the cookie's, a success leads to Stripe's page, and a refusal
/// shows the page again with everything that was typed.
struct PlaceOrderForm: Sendable {
    let counter: GuestCounter

    func respond(to request: Request, _ context: VisitorContext) async throws -> Response {
        let form = CheckoutForm(try await request.formFields(context))
        let show = ShowCheckout(counter: counter)
        guard let priced = try show.price(form, context.cart) else {
            return .redirect(
                to: Paths.cart, flash: Flash(.warning, "Your cart has changed. Nothing was charged."), context)
        }
        if let problem = priced.problem { return try show(form, priced.quote, problem, context) }
        var order = priced.order
        order.expectedTotalMinor = expectedTotal(form, priced.quote.derivation.totals)
        do {
            let placement = try await counter.placeOrder(
                .init(order: order, idempotencyKey: "form:\(form.idempotencyKey)"))
            return leadToPayment(placement, context)
        } catch {
            // Asked again: what refused the order may have moved the price as well.
            let fresh = try show.price(form, context.cart)?.quote ?? priced.quote
            return try show(form, fresh, error.problem, context)
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
}
