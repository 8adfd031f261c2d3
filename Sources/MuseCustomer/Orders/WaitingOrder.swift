import Hummingbird
import MuseShared

/// The order with which this browser was sent to pay, kept in a cookie beside the cart.
///
/// By it the same cart is never two orders, what was paid leaves the cart once and alone, and every page can lead back to
/// the payment.
struct WaitingOrder: Sendable {
    let order: Order
    /// The form's idempotency key with which it was placed.
    let key: String

    /// It can still be paid.
    func isPayable(_ now: Timestamp) -> Bool {
        order.status == .awaitingPayment && order.holdExpiresAt.map { $0 > now } ?? true
    }

    /// A day: longer than Stripe leaves a payment page open.
    private static let lastsSeconds = 86_400
    private static let cookie = "waiting"

    static func kept(
        _ placement: PlaceOrder.Placement, key: String, in response: Response, _ context: some WebContext
    ) -> Response {
        var response = response
        let value = [placement.order.id, key, placement.token.text].joined(separator: "!")
        response.setCookie(context.web.cookies.cookie(cookie, value, maxAge: lastsSeconds))
        return response
    }

    static func forgotten(in response: Response, _ context: some WebContext) -> Response {
        var response = response
        response.setCookie(context.web.cookies.removal(of: cookie))
        return response
    }

    /// Nil without the cookie, or with one that proves nothing.
    static func found(by context: some WebContext, _ counter: GuestCounter) throws -> WaitingOrder? {
        guard let parts = context.web.cookie(cookie)?.split(separator: "!").map(String.init), parts.count == 3,
            parts.prefix(2).allSatisfy(IDSource.isPlausible), parts[2].utf8.count <= 100,
            let order = try counter.orders.order(parts[0]),
            counter.links.isValid(Token(text: parts[2]), for: order)
        else { return nil }
        return WaitingOrder(order: order, key: parts[1])
    }
}

extension Cart {
    /// What is left when an order's lines are taken out: what was added since stays.
    func without(_ lines: [Derivation.Line], code: String?) -> Cart {
        var rest = self
        for line in lines {
            let choice = line.options.map { Choice(id: $0.id, quantity: $0.quantity) }
            let index = rest.lines.firstIndex {
                $0.itemID == line.subjectId && $0.note == line.note
                    && $0.options.sorted { $0.id < $1.id } == choice.sorted { $0.id < $1.id }
            }
            guard let index else { continue }
            _ = rest.setQuantity(rest.lines[index].quantity - line.quantity, at: index)
        }
        if rest.isEmpty || code == rest.promoCode { rest.setPromoCode("") }
        return rest
    }
}

extension Cart {
    /// What the order that this browser waited for has paid is no longer in its cart.
    ///
    /// - Returns: whether an answer should tell the browser so and end the wait.
    func settled(by waiting: WaitingOrder?) -> (cart: Cart, isSettled: Bool) {
        guard let order = waiting?.order, order.paidAt != nil else { return (self, false) }
        let code = order.derivation.discounts.first { $0.source == .promoCode }?.name
        return (without(order.derivation.lines, code: code), true)
    }
}

extension GuestCounter {
    /// The browser's cart, without what is paid meanwhile.
    func cart(_ context: some WebContext) throws -> (cart: Cart, isSettled: Bool) {
        context.cart.settled(by: try WaitingOrder.found(by: context, self))
    }
}
