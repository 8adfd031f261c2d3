import HTTPTypes
import MuseShared

/// What the pages and answers of the customer site are made with: the counter a guest stands at.
struct GuestCounter: Sendable {
    let renderer: PageRenderer
    let menu: MenuCache<MenuForm>
    let venues: VenueCache
    let orders: OrderRepository
    let checkouts: CheckoutRepository
    let placeOrder: PlaceOrder
    let settle: SettleCheckout
    let letGo: LetOrderGo
    let links: OrderLinks
    let changes: ChangeFeed
    let database: Database
    let queue: OrderQueueCache
    let pickups: PickupPress
    let confirmations: Confirmations
    let holdMinutes: Int
    let clock: WallClock
    /// Where Stripe's pages are: guests are led to these hosts and to no other.
    let paymentOrigins: [Origin]

    var schedule: ScheduleOrder { placeOrder.schedule }

    func now() -> Timestamp { clock.now() }
    func venue() throws -> Venue { try venues.current() }
    var promos: PromoCodeRepository { PromoCodeRepository(database: database) }

    /// What an order would cost now, and what its promo code does or why it does nothing.
    ///
    /// - Parameter isTimeOpen: the time is still to be chosen, so hours are not asked.
    func quote(_ order: OrderRequest, isTimeOpen: Bool = false) throws -> Quote {
        let promo = try promoQuestion(order.promoCode ?? "", email: order.contact?.email)
        let menu = try menu.current().published
        return try QuoteOrder(menu: menu, isTimeOpen: isTimeOpen)(order, promo: promo?.candidate, now: now())
    }

    /// Nil unless the order was paid too late.
    func instead(of detail: OrderDetail) throws -> Alternatives? {
        try FindAlternatives(database: database)(detail)
    }

    /// Nil without a code.
    func promoQuestion(_ typed: String, email: String? = nil) throws -> PricedCart.PromoQuestion? {
        let code = PromoCode.normalized(typed)
        guard !code.isEmpty else { return nil }
        let asked = String(code.prefix(OrderLimits.promoCodeLength))
        return PricedCart.PromoQuestion(
            candidate: try promos.candidate(asked, email: email.flatMap { $0.isEmpty ? nil : $0 }), now: now())
    }

    /// What stands around a page's content; the cart is the browser's unless another is given.
    func frame(_ context: some WebContext, cart: Cart? = nil) throws -> SiteFrame {
        let path = context.web.head.path ?? "/"
        let (venue, now) = (try venue(), now())
        let waiting = try WaitingOrder.found(by: context, self)
        return SiteFrame(
            venue: venue, path: path,
            cart: SiteFrame.Cart(
                cart ?? context.cart.settled(by: waiting).cart, menu: try menu.current().published,
                fulfilment: try fulfilment(context)),
            table: try table(context)?.name,
            waiting: waiting.flatMap {
                SiteFrame.Waiting($0, links: links, path: path, zone: venue.timeZone, now: now)
            }, flash: context.web.flash, now: now)
    }

    func paymentOrigin(of url: String) -> Origin {
        paymentOrigins.first { url.hasPrefix($0.description + "/") } ?? paymentOrigins[0]
    }
}
