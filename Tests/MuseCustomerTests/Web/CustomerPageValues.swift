import MuseTestSupport

@testable import MuseCustomer
@testable import MuseShared

/// The pages of the customer site as their initialisers make them from a real database, each member filled at least once.
struct CustomerPageValues {
    let counter: CheckoutCounter
    let menu: PublishedMenu
    /// The menu on which the croissant is served in the evening.
    let evening: PublishedMenu
    let venue: Venue

    static func open() async throws -> CustomerPageValues {
        let counter = CheckoutCounter(cafe: try await TemporaryDatabase.fullCafe())
        return CustomerPageValues(
            counter: counter, menu: try MenuRepository(database: counter.database).published(),
            evening: try await eveningMenu(),
            venue: try VenueRepository(database: counter.database).venue())
    }

    private static func eveningMenu() async throws -> PublishedMenu {
        let cafe = try await TemporaryDatabase.fullCafe()
        let hours = MenuHours(windows: (1...7).map { OpeningHours(weekday: $0, opens: 1020, closes: 1320) })
        _ = try await ChangeMenuHours(database: cafe.database)(
            ChangeMenuHours.Request(owner: .item(CafeFixture.croissant), hours: hours, staffID: CafeFixture.barista))
        return try MenuRepository(database: cafe.database).published()
    }

    private var now: Timestamp { counter.cafe.clock.now }

    private var cart: Cart {
        var cart = Cart()
        cart.lines = [
            Cart.Line(
                itemID: CafeFixture.flatWhite, quantity: 2,
                options: [.init(id: CafeFixture.oatMilk, quantity: 1)], note: "Extra hot", seenUnitMinor: 430),
            Cart.Line(
                itemID: CafeFixture.flatWhite, quantity: 1,
                options: [.init(id: CafeFixture.wholeMilk, quantity: 1)], note: "", seenUnitMinor: 400),
            Cart.Line(itemID: CafeFixture.croissant, quantity: 1, options: [], note: "", seenUnitMinor: 325),
        ]
        return cart
    }

    /// Every second one has neither a cart nor a message.
    private func frame(_ index: Int) -> SiteFrame {
        SiteFrame(
            venue: venue, path: "/menu", cart: index.isMultiple(of: 2) ? SiteFrame.Cart(cart, menu: menu) : nil,
            table: index.isMultiple(of: 2) ? "7" : nil,
            waiting: index.isMultiple(of: 2)
                ? .init(waitingHref: "/orders/o1?token=t", waitingWords: "Your order waits for its payment.") : nil,
            flash: index.isMultiple(of: 2) ? Flash(.success, "Croissant is in your cart.") : nil, now: now)
    }

    private var night: Timestamp { now.adding(seconds: 12 * 3600) }

    func homes() async throws -> [HomePage] {
        let delay = DelayOrders(database: counter.database)
        _ = try await delay(.init(addedMinutes: 10, staffID: CafeFixture.barista))
        let busy = try VenueRepository(database: counter.database).venue()
        return [(venue, now), (venue, night), (busy, now)].enumerated().map { index, entry in
            HomePage(venue: entry.0, queue: KitchenQueue(), site: frame(index), now: entry.1)
        }
    }

    func menus() -> [MenuPage] {
        let preview = MenuPreview(until: "1", code: "2")
        return [(now, nil), (night, nil), (now, preview)].enumerated().map { index, entry in
            MenuPage(
                menu: index == 0 ? evening : menu, venue: venue, site: frame(index), now: entry.0,
                ahead: index == 0 ? .anyTime : nil, preview: entry.1)
        }
    }

    func tables() -> [TablePage] {
        [nil, DiningTable(id: "a", name: "7", area: "Terrace", code: "abcdefghijklmnop")].enumerated().map {
            TablePage($0.element, site: frame($0.offset))
        }
    }

    func items() throws -> [ItemPage] {
        let text = "itemId=flat-white&quantity=0&option.milk=soy-milk&note=" + String(repeating: "x", count: 300)
        var form = AddToCartForm(try FormFields(text: text))
        return menu.menu.categories.flatMap(\.items).enumerated().map { index, item in
            if item.id == CafeFixture.flatWhite { _ = form.line(for: item, menu: menu) }
            return ItemPage(
                item, menu: menu, servedFrom: item.id == CafeFixture.croissant ? "5:00 PM" : nil, site: frame(index),
                form: item.id == CafeFixture.flatWhite ? form : nil,
                preview: item.id == CafeFixture.water ? MenuPreview(until: "1", code: "2") : nil)
        }
    }

    func carts() -> [CartPage] {
        var troubled = cart
        troubled.lines += [CafeFixture.cake, "gone"].map {
            Cart.Line(itemID: $0, quantity: 1, options: [], note: "", seenUnitMinor: 100)
        }
        return [Cart(), cart, troubled].enumerated().map { index, cart in
            let menu = index == 1 ? evening : menu
            let priced = PricedCart(cart, menu: menu, ahead: .anyTime, promo: promoQuestion(isOver: index == 2))
            let promo = PromoField("TEN", quote: priced.quote, venue: venue)
            return CartPage(
                priced, menu: menu, later: ServedLater(venue, now: now), site: frame(index), promo: promo)
        }
    }

    private func promoQuestion(isOver: Bool) -> PricedCart.PromoQuestion {
        var terms = PromoCode.Terms(code: "TEN", reduction: .percent(millionths: 100_000))
        terms.isActive = !isOver
        let promo = PromoCode(id: "ten", terms: terms, useCount: 0, revision: 1, createdAt: now, changedAt: now)
        return PricedCart.PromoQuestion(
            candidate: PromoCandidate(typed: "TEN", promo: promo, usesByPerson: nil), now: now)
    }

    private var goneLines: [CheckoutGone] {
        var cart = Cart()
        cart.lines = [
            Cart.Line(itemID: CafeFixture.cake, quantity: 1, options: [], note: "", seenUnitMinor: 500)
        ]
        return CheckoutGone.lines(of: PricedCart(cart, menu: menu))
    }

    func checkouts() throws -> [CheckoutPage] {
        let problem = Problem.invalid(
            ["contact.name", "contact.email", "contact.phone", "tipMinor", "fulfilment.at"].map {
                FieldError($0, "Wrong: \($0)")
            })
        let times = OrderTimes(
            gate: .open, soonest: now.adding(seconds: 720), queue: KitchenQueue(),
            slots: [900, 1800].map { PickupSlots.Slot(at: now.adding(seconds: $0), isFull: $0 == 900) })
        let table = DiningTable(id: "a", name: "7", area: "", code: "abcdefghijklmnop")
        let pages: [(Problem?, DiningTable?, Timestamp)] = [(nil, nil, now), (problem, nil, now), (nil, table, night)]
        return pages.enumerated().compactMap { index, entry in
            let priced = PricedCart(cart, menu: menu, promo: promoQuestion(isOver: entry.0 != nil))
            guard let quote = priced.quote else { return nil }
            var form = CheckoutForm(idempotencyKey: "k")
            form.promoCode = "ten"
            form.table = entry.1
            return CheckoutPage(
                CheckoutPage.Content(
                    form: form, quote: quote, gone: entry.0 == nil ? [] : goneLines, venue: venue, holdMinutes: 15,
                    times: times, problem: entry.0, now: entry.2),
                site: frame(index))
        }
    }

    func orders() async throws -> [OrderPage] {
        let waiting = try await counter.fullOrder(isPaid: false)
        let plain = try await counter.plainOrder()
        let paid = try await counter.fullOrder()
        let ready = try await counter.move(paid.order.id, to: .ready)
        let completed = try await counter.move(paid.order.id, to: .completed)
        let cancelled = try await counter.move(try await counter.fullOrder().order.id, to: .cancelled)
        let details = [
            (waiting, false), (waiting, true), (paid, true), (ready, false), (completed, false),
            (cancelled, false), (plain, false),
        ]
        return details.enumerated().map { index, entry in
            let (detail, isInPayment) = entry
            return OrderPage(
                OrderView(
                    detail: detail, venue: venue, token: "t", payURL: "https://pay.example/1",
                    isInPayment: isInPayment, now: now,
                    place: .init(ahead: index, minutes: Int64(index), changedAt: now, events: index),
                    instead: detail.order.status == .cancelled ? instead(of: detail) : nil),
                site: frame(index))
        }
    }

    /// As if all of it had been carrot cake, which is sold out.
    private func instead(of detail: OrderDetail) -> Alternatives {
        let lines = detail.lines.map { line in
            OrderLine(
                id: line.id, kind: line.kind, subjectID: CafeFixture.cake, name: line.name, quantity: 1,
                unitPriceMinor: line.unitPriceMinor, options: [], note: "", station: line.station, doneQuantity: 0,
                grossMinor: 0, discountMinor: 0, taxMinor: 0)
        }
        let free = PickupSlots.Slot(at: now.adding(seconds: 900), isFull: false)
        return Alternatives(lines, wantedAt: now, menu: menu, slots: [free])
    }

    func receipts() async throws -> [ReceiptPage] {
        let plain = try await counter.plainOrder()
        let cancelled = try await counter.move(try await counter.fullOrder().order.id, to: .cancelled)
        return [plain, cancelled].map { detail in
            ReceiptPage(
                OrderView(
                    detail: detail, venue: venue, token: "t", payURL: nil, isInPayment: false, now: now))
        }
    }

    func pickups() -> [PickupPage] {
        let entries = (1...60).map { number in
            PickupRepository.Entry(number: number, initial: "A", isReady: number.isMultiple(of: 2), changedAt: now)
        }
        return [[], entries].map {
            PickupPage(PickupRepository.Pickups(version: 1, entries: $0), venue: venue, now: now)
        }
    }

    func problems() -> [ProblemPage] {
        let fields = ["name", "email"].map { FieldError($0, "Wrong: \($0)") }
        return [Problem.notFound, .unavailable(retryAfter: 5), .invalid(fields)].map {
            ProblemPage($0, requestID: "r", home: .init(href: "/", label: "Home", isQuiet: true))
        }
    }

    /// The letters' values as they are given to the templates: empty texts are nothing.
    func letters() async throws -> [EmailTemplate: [EmailValue]] {
        let order = try await counter.fullOrder().order
        let cancelled = try await counter.move(order.id, to: .cancelled)
        guard var refund = cancelled.refunds.first else { throw VenueMissing() }
        refund.portions = ["1 Flat white"]
        func value(_ content: some EmailContent, _ link: String? = "https://ncmuse.co/orders/1") throws -> EmailValue {
            try EmailValue(json: JSONText.encode(content)).adding("orderHref", link.map { .text($0) } ?? .null)
                .withoutEmptyTexts
        }
        let message = PlainMessageEmail(
            subject: "Your umbrella", text: "It waits.\n\nCome by.", html: nil, isAboutOrder: true, venue: venue)
        return [
            .orderConfirmed: [try value(OrderConfirmedEmail(order, number: 1, promisedAt: now, venue: venue))],
            .orderCancelled: [try value(OrderCancelledEmail(cancelled, venue: venue))],
            .orderReady: [try value(OrderReadyEmail(order, venue: venue))],
            .paymentReturned: [try value(PaymentReturnedEmail(order, venue: venue, instead: ["The soup is gone."]))],
            .refundFailed: [try value(RefundFailedEmail(order, amountMinor: 100, venue: venue))],
            .refundIssued: [
                try value(RefundIssuedEmail(cancelled, refund, amountMinor: refund.amountMinor, venue: venue))
            ],
            .plainMessage: [try value(message), try value(message, nil)],
        ]
    }
}
