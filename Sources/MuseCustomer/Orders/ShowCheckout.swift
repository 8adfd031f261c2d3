import Hummingbird
import MuseShared

/// Prices the cart with what the checkout's form says, and shows the page: fresh, or with what is wrong.
struct ShowCheckout: Sendable {
    let counter: GuestCounter

    struct Priced {
        let quote: Quote
        let order: OrderRequest
        /// Why it can't be ordered like this: a line that is gone, a tip that is none, a code that does not count.
        var problem: Problem?
        /// False while something in the cart is gone: the quote is of the rest.
        var isOrderable = true
    }

    /// The cart with the form's code and tip; nil when nothing of it can be ordered.
    func price(_ form: CheckoutForm, cart: Cart) throws -> Priced? {
        let menu = try counter.menu.current().published
        let held = PricedCart(cart, menu: menu, fulfilment: form.fulfilment)
        guard let rest = held.quote else { return nil }
        var order = form.request(lines: cart.requestLines, tipMinor: 0)
        guard held.isOrderable else {
            return Priced(quote: rest, order: order, problem: CheckoutGone.problem(of: held), isOrderable: false)
        }
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
        guard let priced = try price(form, cart: context.cart) else { return .redirect(to: Paths.cart, context) }
        var cart = context.cart
        cart.setPromoCode(form.promoCode)
        return cart.saved(in: try self(form, priced, priced.problem, context), context)
    }

    func callAsFunction(
        _ form: CheckoutForm, _ priced: Priced, _ problem: Problem?, _ context: VisitorContext,
        cart changed: Cart? = nil
    ) throws -> Response {
        let menu = try counter.menu.current().published
        // Once more: what was refused a moment ago may be known only now.
        let held = PricedCart(changed ?? context.cart, menu: menu, fulfilment: form.fulfilment)
        let content = CheckoutPage.Content(
            form: form, quote: priced.quote, gone: CheckoutGone.lines(of: held, refused: problem),
            venue: try counter.venue(), holdMinutes: counter.holdMinutes,
            times: try counter.schedule.times(for: priced.order, menu: menu), problem: problem, now: counter.now())
        let page = CheckoutPage(content, site: try counter.frame(context, cart: changed))
        return try counter.renderer.html(page, status: problem?.status ?? .ok, context)
    }
}
