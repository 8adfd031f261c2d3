import Hummingbird
import MuseShared

/// Prices the cart with what the checkout's form says, and shows the page: fresh, or with what is wrong.
struct ShowCheckout: Sendable {
    let counter: GuestCounter

    struct Priced {
        let quote: Quote
        let order: OrderRequest
        /// The tip that was typed is none.
        var problem: Problem?
    }

    /// The cart with the form's code and tip; nil if nothing of it can be ordered. What can't be is the problem.
    func price(_ form: CheckoutForm, _ cart: Cart) throws -> Priced? {
        let held = PricedCart(cart, menu: try counter.menu.current().published)
        var priced = try price(form, held.orderableLines(of: cart))
        if !held.isOrderable { priced?.problem = CheckoutGone.problem(of: held) }
        return priced
    }

    private func price(_ form: CheckoutForm, _ lines: [OrderRequest.Line]) throws -> Priced? {
        guard !lines.isEmpty else { return nil }
        let menu = try counter.menu.current().published
        var order = form.request(lines: lines, tipMinor: 0)
        let untipped: Quote
        do {
            untipped = try counter.quote(order)
        } catch is QuoteOrder.Refusal {
            return nil
        }
        guard let tip = form.tipMinor(on: untipped.derivation.totals.tipBaseMinor, currency: menu.currency) else {
            let problem = Problem.invalid("tipMinor", "Enter the tip as an amount like 3.50.")
            return Priced(quote: untipped, order: order, problem: problem)
        }
        order.tipMinor = tip
        do {
            return Priced(quote: try counter.quote(order), order: order)
        } catch let refusal as QuoteOrder.Refusal {
            return Priced(quote: untipped, order: order, problem: refusal.problem)
        }
    }

    /// `POST /api/quotes` of the page itself: the same page with the new figures, and the code stays with the cart.
    func quote(_ form: CheckoutForm, _ context: VisitorContext) throws -> Response {
        guard let priced = try price(form, context.cart) else { return .redirect(to: Paths.cart, context) }
        var cart = context.cart
        cart.setPromoCode(form.promoCode)
        return cart.saved(in: try self(form, priced.quote, priced.problem, context), context)
    }

    /// `POST /checkout/lines/{index}` from the button beside a line that is gone: the page again without the line, and
    /// with everything that was typed.
    func remove(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let form = CheckoutForm(try await request.formFields(context))
        guard let index = context.parameters.get("index", as: Int.self) else { throw Problem.notFound }
        var cart = context.cart
        // A page that was reloaded asks again: only the line that it meant goes.
        if cart.lines.indices.contains(index), cart.lines[index].itemID == request.uri.queryParameters.get("item") {
            _ = cart.setQuantity(0, at: index)
        }
        guard let priced = try price(form, cart) else {
            return cart.saved(in: .redirect(to: Paths.cart, context), context)
        }
        return cart.saved(in: try self(form, priced.quote, priced.problem, context, cart: cart), context)
    }

    func callAsFunction(
        _ form: CheckoutForm, _ quote: Quote, _ problem: Problem?, _ context: VisitorContext, cart: Cart? = nil
    ) throws -> Response {
        // Once more: what was refused a moment ago may be known only now.
        let held = PricedCart(cart ?? context.cart, menu: try counter.menu.current().published)
        let content = CheckoutPage.Content(
            form: form, quote: quote, gone: CheckoutGone.lines(of: held, refused: problem),
            venue: try counter.venue(), holdMinutes: counter.holdMinutes, problem: problem, now: counter.now())
        let page = CheckoutPage(content, site: try counter.frame(context, cart: cart))
        return try counter.renderer.html(page, status: problem?.status ?? .ok, context)
    }
}
