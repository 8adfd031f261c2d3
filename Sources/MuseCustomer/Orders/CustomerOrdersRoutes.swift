import Foundation
import HTTPTypes
import Hummingbird
import MuseShared

/// Cart, checkout, placing, and the order's own page: all for guests, an order only with its link.
struct CustomerOrdersRoutes: Sendable {
    let counter: GuestCounter

    func add(to router: Router<VisitorContext>) {
        router.get("/cart", use: showCart)
        router.post("/cart/lines", use: addLine)
        router.post("/cart/lines/{index}", use: changeLine)
        router.post("/cart/promo-code", use: setPromoCode)
        router.get("/checkout", use: showCheckout)
        router.post("/checkout/lines/{index}", use: removeAtCheckout)
        router.post("/api/quotes", use: quote)
        router.post("/api/orders", use: place)
        router.get("/orders/{id}", use: showOrder)
        router.post("/orders/{id}/let-go", use: letGo)
        router.get("/api/orders/{id}", use: order)
        router.get("/api/orders/{id}/stream", use: stream)
    }

    // MARK: Cart

    private func showCart(_ request: Request, _ context: VisitorContext) throws -> Response {
        let menu = try counter.menu.current().published
        let (cart, isSettled) = try counter.cart(context)
        let venue = try counter.venue()
        let priced = PricedCart(
            cart, menu: menu, fulfilment: try counter.fulfilment(context), ahead: try counter.ahead(context),
            promo: try counter.promoQuestion(cart.promoCode))
        let promo = PromoField(cart.promoCode, quote: priced.quote, venue: venue)
        let order = OrderRequest(lines: cart.requestLines, fulfilment: .init(type: .pickup))
        let isApart = priced.isForLater ? try counter.schedule.times(for: order, menu: menu).isApart : false
        let page = CartPage(
            priced, menu: menu, later: ServedLater(venue, now: counter.now()), isApart: isApart,
            site: try counter.frame(context), promo: promo)
        let response = try counter.renderer.html(page, context)
        return isSettled ? settled(cart, in: response, context) : response
    }

    /// Keeps the code with the cart, whether it counts or not: the page says which. An empty one takes it away.
    private func setPromoCode(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let fields = try await request.formFields(context)
        var cart = context.cart
        cart.setPromoCode(
            try PlainText.clean(fields.first("code") ?? "", field: "code", maximum: OrderLimits.promoCodeLength))
        return cart.saved(in: .redirect(to: Paths.cart + "#promo-code", context), context)
    }

    private struct Added: Encodable {
        let count: String
        let total: String
        let words: String
        let message: String
    }

    private func addLine(_ request: Request, _ context: VisitorContext) async throws -> Response {
        var form = AddToCartForm(try await request.formFields(context))
        let menu = try counter.menu.current().published
        guard let item = menu.item(form.itemID) else { throw Problem.notFound }
        let servedFrom = try counter.servedFrom(item, context)
        guard item.available || servedFrom != nil else {
            let words = item.notice == nil && item.servedWords != nil ? "not served now" : "sold out"
            throw Problem.soldOut([.conflict("itemId", "\(item.name) is \(words).")])
        }
        guard let line = form.line(for: item, menu: menu) else {
            guard context.web.wantsPage else {
                throw Problem.invalid(form.errors.sorted { $0.key < $1.key }.map { FieldError($0.key, $0.value) })
            }
            let page = ItemPage(
                item, menu: menu, servedFrom: servedFrom, site: try counter.frame(context), form: form)
            return try counter.renderer.html(page, status: .unprocessableContent, context)
        }
        var cart = context.cart
        do {
            try cart.add(line)
        } catch {
            throw Problem.invalid("lines", "The cart is full. Order what is in it, then go on with the rest.")
        }
        let message =
            servedFrom.map { "\(item.name) is in your cart, to be had from \($0)." } ?? "\(item.name) is in your cart."
        if context.web.wantsPage {
            return saving(cart, in: .redirect(to: Paths.menu, flash: Flash(.success, message), context), context)
        }
        let summary = SiteFrame.Cart(cart, menu: menu, fulfilment: try counter.fulfilment(context))
        let answer = Added(
            count: summary?.count ?? "0", total: summary?.total ?? "", words: summary?.countWords ?? "",
            message: message)
        return saving(cart, in: try .json(answer), context)
    }

    private func changeLine(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let fields = try await request.formFields(context)
        guard let index = context.parameters.get("index", as: Int.self) else { throw Problem.notFound }
        guard let quantity = fields.first("quantity").flatMap({ Int64($0) }), quantity >= 0 else {
            throw Problem.invalid("quantity", "Choose between 0 and \(OrderLimits.quantity).")
        }
        var (cart, isSettled) = try counter.cart(context)
        // Another tab may have moved the lines: the one that the guest saw is meant, wherever it is now.
        guard let index = fields.first("line").map({ cart.index(of: $0, near: index) }) ?? index else {
            return .redirect(
                to: Paths.cart, flash: Flash(.warning, "Your cart has changed meanwhile. Nothing was changed now."),
                context)
        }
        guard cart.setQuantity(quantity, at: index) else { throw Problem.notFound }
        let response = Response.redirect(to: Paths.cart, context)
        return isSettled ? settled(cart, in: response, context) : saving(cart, in: response, context)
    }

    private func saving(_ cart: Cart, in response: Response, _ context: VisitorContext) -> Response {
        cart.saved(in: response, context)
    }

    /// What was paid has left the cart, and nothing waits any more.
    private func settled(_ cart: Cart, in response: Response, _ context: VisitorContext) -> Response {
        WaitingOrder.forgotten(in: cart.saved(in: response, context), context)
    }

    // MARK: Checkout

    private func showCheckout(_ request: Request, _ context: VisitorContext) throws -> Response {
        let (cart, isSettled) = try counter.cart(context)
        // Paid meanwhile, perhaps in another tab: what is left is shown before it can be ordered.
        if isSettled { return settled(cart, in: .redirect(to: Paths.cart, context), context) }
        let show = ShowCheckout(counter: counter)
        var form = CheckoutForm(idempotencyKey: IDSource.live.next(), cart: cart)
        form.table = try counter.table(context)
        guard let priced = try show.price(form, cart: cart) else { return .redirect(to: Paths.cart, context) }
        // What is gone stands on the page, each with what to do about it; nobody has tried to pay yet.
        return try show(form, priced, nil, context)
    }

    private func removeAtCheckout(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let (cart, response) = try await PlaceOrderForm(counter: counter).remove(request, context)
        return saving(cart, in: response, context)
    }

    private func quote(_ request: Request, _ context: VisitorContext) async throws -> Response {
        if request.isForm, context.web.wantsPage {
            var form = CheckoutForm(try await request.formFields(context))
            form.table = try counter.table(context)
            return try ShowCheckout(counter: counter).quote(form, context)
        }
        let order = try await request.input(OrderRequest.self, context)
        let quote = try counter.quote(order)
        let times = try counter.schedule.times(for: order, menu: try counter.menu.current().published)
        return try .json(
            QuoteAnswer(
                quote, of: order, times: times,
                promo: PromoAnswer(quote, typed: order.promoCode, venue: try counter.venue())))
    }

    private func place(_ request: Request, _ context: VisitorContext) async throws -> Response {
        if request.isForm { return try await PlaceOrderForm(counter: counter).respond(to: request, context) }
        guard let key = request.headers[.idempotencyKey], (1...255).contains(key.utf8.count) else {
            throw Problem(
                .badRequest, "idempotency-key-missing", title: "An Idempotency-Key is needed",
                detail: "Send a header Idempotency-Key of 1 to 255 characters, new for each order, so that a repeated "
                    + "request is not a second order.")
        }
        let order = try await request.input(OrderRequest.self, context)
        let placement = try await counter.placeOrder(.init(order: order, idempotencyKey: "api:\(key)"))
        return try .json(PlacementAnswer(placement), status: .created)
    }

    // MARK: The order itself

    private func detail(_ request: Request, _ context: VisitorContext) throws -> (OrderDetail, token: String) {
        try FindGuestOrder(counter: counter)(request, context)
    }

    private func showOrder(_ request: Request, _ context: VisitorContext) async throws -> Response {
        var (detail, token) = try detail(request, context)
        // What Stripe says counts; the address only while Stripe says nothing.
        var isConfirming = request.uri.queryParameters.get("from") == "checkout"
        if detail.order.status == .awaitingPayment {
            let id = detail.order.id
            isConfirming =
                try await counter.confirmations.isProcessing(id) { try await counter.settle(orderID: id) }
                ?? isConfirming
            detail = try counter.orders.detail(id) ?? detail
        }
        let session = try counter.checkouts.session(ofOrder: detail.order.id)
        let (cart, isSettled) = try counter.cart(context)
        let view = OrderView(
            detail: detail, venue: try counter.venue(), token: token, payURL: session?.url,
            isInPayment: isConfirming, now: counter.now(),
            place: try counter.queue.current().place(of: detail.order.id), instead: try counter.instead(of: detail))
        let response = try counter.renderer.html(OrderPage(view, site: try counter.frame(context)), context)
        return isSettled ? settled(cart, in: response, context) : response
    }

    /// The guest wants it otherwise, or not at all: nothing is held and nothing can be paid after this.
    private func letGo(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let fields = try await request.formFields(context)
        let (detail, token) = try FindGuestOrder(counter: counter)(request, context, token: fields.first("token"))
        do {
            try await counter.letGo(orderID: detail.order.id)
        } catch {
            let words =
                switch error {
                case .inPayment: "This order is paid, or its payment is on the way. Nothing was changed."
                case .paymentUnavailable, .failed:
                    "The payment page can’t be reached, so your order is kept as it is. Try again in a moment."
                }
            return .redirect(
                to: Paths.order(detail.order.id, token: token), flash: Flash(.warning, words), context)
        }
        let flash = Flash(.notice, "We let that order go. Nothing was charged, and your cart is as you left it.")
        return WaitingOrder.forgotten(in: .redirect(to: Paths.cart, flash: flash, context), context)
    }

    private func order(_ request: Request, _ context: VisitorContext) throws -> Response {
        try .json(OrderAnswer(try FollowOrder(counter: counter).view(of: try detail(request, context).0)))
    }

    private func stream(_ request: Request, _ context: VisitorContext) throws -> Response {
        let first = try detail(request, context).0
        let follow = FollowOrder(counter: counter)
        return try EventStream.response(context) { events in try await follow(first, events) }
    }
}

extension HTTPField.Name {
    static let idempotencyKey = HTTPField.Name("Idempotency-Key") ?? .cookie
}
