import Hummingbird
import MuseShared

/// Prices the cart with what the checkout's form says, and shows the page: fresh, or with what is wrong.
struct ShowCheckout: Sendable {
    let counter: GuestCounter

    struct Priced {
        let quote: Quote
        let order: OrderRequest
        /// What the queue, the hours and the slots allow it.
        let times: OrderTimes
        /// Why it can't be ordered like this: a line that is gone, a tip that is none, a code that does not count.
        var problem: Problem?
        /// False while something in the cart is gone: the quote is of the rest.
        var isOrderable = true
    }

    /// The cart with the form's code and tip; nil when nothing of it can be ordered.
    func price(_ form: CheckoutForm, cart: Cart) throws -> Priced? {
        let menu = try counter.menu.current().published
        var order = form.request(lines: cart.requestLines, tipMinor: 0)
        let times = try counter.schedule.times(for: order, menu: menu)
        let held = try held(cart, form, isApart: times.isApart, menu)
        guard let rest = held.quote else { return nil }
        guard held.isOrderable else {
            let problem = CheckoutGone.problem(of: held)
            return Priced(quote: rest, order: order, times: times, problem: problem, isOrderable: false)
        }
        let isTimeOpen = form.table == nil
        let untipped: Quote
        do {
            untipped = try counter.quote(order, isTimeOpen: isTimeOpen)
        } catch is QuoteOrder.Refusal {
            return nil
        }
        guard let tip = form.tipMinor(on: untipped.derivation.totals.tipBaseMinor, currency: menu.currency) else {
            let problem = Problem.invalid(
                "tipMinor", "Enter the tip as an amount like \(menu.currency.sampleAmount).")
            return Priced(quote: untipped, order: order, times: times, problem: problem)
        }
        order.tipMinor = tip
        do {
            return Priced(quote: try counter.quote(order, isTimeOpen: isTimeOpen), order: order, times: times)
        } catch let refusal as QuoteOrder.Refusal {
            return Priced(quote: untipped, order: order, times: times, problem: refusal.problem)
        }
    }

    /// With times at which all of it is served the guest chooses one; without, what is not served then has to go.
    private func held(_ cart: Cart, _ form: CheckoutForm, isApart: Bool, _ menu: PublishedMenu) throws -> PricedCart {
        let ahead = form.table == nil && !isApart ? try counter.schedule.ahead() : nil
        return PricedCart(cart, menu: menu, fulfilment: form.fulfilment, ahead: ahead)
    }

    /// What is wrong with the time that the form asks for: nil if all of it is served then.
    func timeProblem(_ form: CheckoutForm, _ priced: Priced) throws -> Problem? {
        guard form.table == nil else { return nil }
        let later = ServedLater(try counter.venue(), now: counter.now())
        guard let at = form.fulfilment.at else {
            return later.sentence(priced.times.notServedNow).map { .notServedThen(priced.times.notServedNow, $0) }
        }
        let missing = priced.times.notServed(at: at)
        let names = missing.map(\.name).joined(separator: " and ")
        let sentence = "\(names) \(missing.count == 1 ? "is" : "are") not served at \(later.time(at))"
        return missing.isEmpty ? nil : .notServedThen(missing, sentence)
    }

    /// `POST /api/quotes` of the page itself: the same page with the new figures, and the code stays with the cart.
    func quote(_ form: CheckoutForm, _ context: VisitorContext) throws -> Response {
        guard let priced = try price(form, cart: context.cart) else { return .redirect(to: Paths.cart, context) }
        return form.kept(in: context.cart).saved(in: try self(form, priced, priced.problem, context), context)
    }

    func callAsFunction(
        _ form: CheckoutForm, _ priced: Priced, _ problem: Problem?, _ context: VisitorContext,
        cart changed: Cart? = nil
    ) throws -> Response {
        let menu = try counter.menu.current().published
        // Once more: what was refused a moment ago may be known only now.
        let held = try held(changed ?? context.cart, form, isApart: priced.times.isApart, menu)
        let content = CheckoutPage.Content(
            form: form, quote: priced.quote, gone: CheckoutGone.lines(of: held, refused: problem),
            venue: try counter.venue(), holdMinutes: counter.holdMinutes,
            times: priced.times, problem: problem, now: counter.now())
        let page = CheckoutPage(content, site: try counter.frame(context, cart: changed))
        return try counter.renderer.html(page, status: problem?.status ?? .ok, context)
    }
}
