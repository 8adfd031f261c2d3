import Hummingbird
import MuseShared

/// `POST /api/orders` from the checkout page: the cart is the cookie's, a success leads to Stripe's page, and a refusal
/// shows the page again with everything that was typed.
struct PlaceOrderForm: Sendable {
    let counter: GuestCounter

    func respond(to request: Request, _ context: VisitorContext) async throws -> Response {
        var form = CheckoutForm(try await request.formFields(context))
        form.table = try counter.table(context)
        let show = ShowCheckout(counter: counter)
        guard let priced = try show.price(form, cart: context.cart) else {
            return .redirect(
                to: Paths.cart, flash: Flash(.warning, "Your cart has changed. Nothing was charged."), context)
        }
        if let problem = priced.problem { return try show(form, priced, problem, context) }
        guard !form.lacksTime else {
            let problem = Problem.invalid("fulfilment.at", "Pick a time, or choose as soon as possible.")
            return try show(form, priced, problem, context)
        }
        if let problem = try show.timeProblem(form, priced) {
            return try show(form, priced, problem, context)
        }
        var order = priced.order
        order.expectedTotalMinor = expectedTotal(form, priced.quote.derivation.totals)
        do {
            switch try await PlaceOnce(counter: counter)(order, form, context) {
            case .placed(let placement, let key):
                return WaitingOrder.kept(placement, key: key, in: leadToPayment(placement, context), context)
            case .paidAlready(let waiting):
                return .redirect(to: counter.links.path(for: waiting.order.id) + "&from=checkout", context)
            }
        } catch {
            if case .keyUsedForAnotherOrder = error { form.idempotencyKey = IDSource.live.next() }
            // Asked again: what refused the order may have moved the price as well.
            let fresh = try show.price(form, cart: context.cart) ?? priced
            return try show(form, fresh, error.formProblem, context)
        }
    }

    /// Without scripts the page can't add the tip to the total it shows: both are what the guest saw.
    private func expectedTotal(_ form: CheckoutForm, _ totals: Derivation.Totals) -> Int64? {
        guard let seen = form.seenTotalMinor else { return nil }
        return seen == totals.totalMinor - totals.tipMinor ? totals.totalMinor : seen
    }

    private func leadToPayment(_ placement: PlaceOrder.Placement, _ context: VisitorContext) -> Response {
        guard let url = placement.checkoutURL, placement.order.paidAt == nil else {
            return .redirect(to: counter.links.path(for: placement.order.id) + "&from=checkout", context)
        }
        return .redirect(outside: url, of: counter.paymentOrigin(of: url))
    }

    /// `POST /checkout/lines/{index}` from a button beside a line that is gone: the page again without the line, and with
    /// everything that was typed.
    ///
    /// - Returns: the cart as it is now, and the answer.
    func remove(_ request: Request, _ context: VisitorContext) async throws -> (cart: Cart, response: Response) {
        var form = CheckoutForm(try await request.formFields(context))
        form.table = try counter.table(context)
        var cart = context.cart
        guard let index = context.parameters.get("index", as: Int.self) else { throw Problem.notFound }
        // A page that was reloaded asks again: only the line that it meant goes.
        if cart.lines.indices.contains(index), cart.lines[index].itemID == request.uri.queryParameters.get("item") {
            _ = cart.setQuantity(0, at: index)
        }
        let show = ShowCheckout(counter: counter)
        guard let priced = try show.price(form, cart: cart) else {
            return (cart, .redirect(to: Paths.cart, context))
        }
        return (cart, try show(form, priced, nil, context, cart: cart))
    }
}
