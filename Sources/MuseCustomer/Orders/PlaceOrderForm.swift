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
        if let problem = priced.problem { return try again(form, priced, problem, context) }
        guard !form.lacksTime else {
            let problem = Problem.invalid("fulfilment.at", "Pick a time, or choose as soon as possible.")
            return try again(form, priced, problem, context)
        }
        if let problem = try show.timeProblem(form, priced) { return try again(form, priced, problem, context) }
        do {
            switch try await PlaceOnce(counter: counter)(order(form, priced.quote, priced.order), form, context) {
            case .placed(let placement, let key):
                return WaitingOrder.kept(placement, key: key, in: leadToPayment(placement, context), context)
            case .paidAlready(let waiting):
                return .redirect(to: counter.links.path(for: waiting.order.id) + "&from=checkout", context)
            }
        } catch {
            if case .keyUsedForAnotherOrder = error { form.idempotencyKey = IDSource.live.next() }
            // Asked again: what refused the order may have moved the price as well.
            let fresh = try show.price(form, cart: context.cart) ?? priced
            return try again(form, fresh, problem(of: error, form, fresh.quote), context)
        }
    }

    /// The page again, with everything that was typed.
    private func again(
        _ form: CheckoutForm, _ priced: ShowCheckout.Priced, _ problem: Problem, _ context: VisitorContext
    ) throws -> Response {
        let page = try ShowCheckout(counter: counter)(form, priced, problem, context)
        return form.kept(in: context.cart).saved(in: page, context)
    }

    /// What is ordered: for the total that the page showed, and the tip that was chosen on it. A code that the page said
    /// does nothing is left out: its total was without it.
    private func order(_ form: CheckoutForm, _ quote: Quote, _ priced: OrderRequest) -> OrderRequest {
        var order = priced
        if case .refused = quote.promo, form.seen?.hasRefused(form.promoCode) == true { order.promoCode = nil }
        guard let seen = form.seenTotalMinor else { return order }
        let totals = quote.derivation.totals
        let isSame = seen == totals.totalMinor || seen == totals.totalMinor - totals.tipMinor
        order.expectedTotalMinor = isSame ? totals.totalMinor : seenWithTip(form, seen, quote)
        return order
    }

    /// The total that the guest had in mind: what the page showed and the tip that it named for it.
    private func seenWithTip(_ form: CheckoutForm, _ seen: Int64, _ quote: Quote) -> Int64 {
        let (total, overflow) = seen.addingReportingOverflow(seenTip(form, quote) ?? quote.derivation.totals.tipMinor)
        return overflow ? seen : total
    }

    private func seenTip(_ form: CheckoutForm, _ quote: Quote) -> Int64? {
        guard let base = form.seen?.tipBaseMinor, let currency = Currency(code: quote.derivation.currency) else {
            return nil
        }
        return form.tipMinor(on: base, currency: currency)
    }

    /// A refusal in the words of the page: why the total moved, the tip included.
    private func problem(of refusal: PlaceOrder.Refusal, _ form: CheckoutForm, _ quote: Quote) -> Problem {
        let totals = quote.derivation.totals
        let currency = Currency(code: quote.derivation.currency) ?? .usd
        switch refusal {
        case .totalChanged(var change):
            if let before = seenTip(form, quote), before != totals.tipMinor, let percent = Int64(form.tip) {
                let tip = Money(minor: totals.tipMinor, currency: currency).formatted
                change.reasons.append("your tip of \(percent) % is now \(tip)")
            }
            return .checkoutTotal(change)
        case .promoRefused(_, let sentence, _):
            guard let seen = form.seenTotalMinor, let reasons = form.seen?.reasons(for: quote), !reasons.isEmpty else {
                return refusal.problem
            }
            var problem = Problem.checkoutTotal(
                TotalChange(
                    derivation: quote.derivation, expectedMinor: seenWithTip(form, seen, quote), reasons: reasons))
            problem.errors = [FieldError("promoCode", sentence)]
            return problem
        default:
            return refusal.formProblem
        }
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
