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

    /// The cart of the browser with the form's code and tip; nil unless all of it can be ordered.
    func price(_ form: CheckoutForm, _ context: VisitorContext) throws -> Priced? {
        let menu = try counter.menu.current().published
        guard PricedCart(context.cart, menu: menu).isOrderable else { return nil }
        var order = form.request(lines: context.cart.requestLines, tipMinor: 0)
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
        guard let priced = try price(form, context) else { return .redirect(to: Paths.cart, context) }
        var cart = context.cart
        cart.setPromoCode(form.promoCode)
        return cart.saved(in: try self(form, priced.quote, priced.problem, context), context)
    }

    func callAsFunction(
        _ form: CheckoutForm, _ quote: Quote, _ problem: Problem?, _ context: VisitorContext
    ) throws -> Response {
        let content = CheckoutPage.Content(
            form: form, quote: quote, venue: try counter.venue(), holdMinutes: counter.holdMinutes,
            problem: problem, now: counter.now())
        let page = CheckoutPage(content, site: try counter.frame(context))
        return try counter.renderer.html(page, status: problem?.status ?? .ok, context)
    }
}
