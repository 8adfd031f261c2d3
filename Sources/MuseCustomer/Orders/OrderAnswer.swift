import MuseShared

/// An order as `GET /api/orders/{id}` and its stream tell it.
struct OrderAnswer: Encodable, Sendable {
    struct Line: Encodable, Sendable {
        let id: String
        let kind: OrderRequest.Kind
        let name: String
        let quantity: Int64
        let unitPriceMinor: Int64
        let options: [Derivation.Option]
        let note: String
        let grossMinor: Int64
    }

    struct Refund: Encodable, Sendable {
        let id: String
        let amountMinor: Int64
        let reason: String
        let state: String
        let createdAt: Timestamp
    }

    struct Event: Encodable, Sendable {
        let at: Timestamp
        let kind: String
        let actor: OrderEvent.Actor
    }

    let id: String
    let number: Int64?
    let status: OrderStatus
    let promisedAt: Timestamp?
    /// Orders that the kitchen makes before this one; absent before payment and once it is made.
    let ahead: Int?
    /// Until it is ready, by the queue as it is now: 1 to 10, then in steps of five; absent as `ahead` is.
    let readyInMinutes: Int64?
    /// The same in the guest's words; absent where the page has more to tell than that.
    let stateWords: String?
    let stateDetail: String?
    /// The same as long as nothing but the place in the queue has changed.
    let revision: String
    let lines: [Line]
    let totals: Derivation.Totals
    let derivation: Derivation
    let refunds: [Refund]
    let timeline: [Event]

    init(_ view: OrderView) {
        let detail = view.detail
        let words = LiveWords(view)
        ahead = view.place?.ahead
        readyInMinutes = view.place?.minutes
        stateWords = words?.state
        stateDetail = words?.detail
        revision = view.revision
        id = detail.order.id
        number = detail.order.number
        status = detail.order.status
        promisedAt = detail.order.promisedAt
        totals = detail.order.totals
        derivation = detail.order.derivation
        lines = detail.lines.map { line in
            Line(
                id: line.id, kind: line.kind, name: line.name, quantity: line.quantity,
                unitPriceMinor: line.unitPriceMinor, options: line.options, note: line.note,
                grossMinor: line.grossMinor)
        }
        refunds = detail.refunds.map { refund in
            Refund(
                id: refund.id, amountMinor: refund.amountMinor, reason: refund.reason, state: refund.state,
                createdAt: refund.createdAt)
        }
        timeline = detail.events.filter { !$0.isKitchenNote }.map { Event(at: $0.at, kind: $0.kind, actor: $0.actor) }
    }
}

/// The answer to `POST /api/orders`.
struct PlacementAnswer: Encodable, Sendable {
    let id: String
    let status: OrderStatus
    let number: Int64?
    let totals: Derivation.Totals
    let checkoutUrl: String?
    let holdExpiresAt: Timestamp?
    let token: String

    init(_ placement: PlaceOrder.Placement) {
        id = placement.order.id
        status = placement.order.status
        number = placement.order.number
        totals = placement.order.totals
        checkoutUrl = placement.checkoutURL
        holdExpiresAt = placement.order.holdExpiresAt
        token = placement.token.text
    }

    enum CodingKeys: CodingKey {
        case id, status, number, totals, checkoutUrl, holdExpiresAt, token
    }

    /// `checkoutUrl` is there as null when nothing is to be paid: its absence would leave a caller guessing.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(status, forKey: .status)
        try container.encodeIfPresent(number, forKey: .number)
        try container.encode(totals, forKey: .totals)
        try container.encode(checkoutUrl, forKey: .checkoutUrl)
        try container.encodeIfPresent(holdExpiresAt, forKey: .holdExpiresAt)
        try container.encode(token, forKey: .token)
    }
}

/// The answer to `POST /api/quotes`.
struct QuoteAnswer: Encodable, Sendable {
    struct Slot: Encodable, Sendable {
        let at: Timestamp
        let isFull: Bool
    }

    let totals: Derivation.Totals
    let derivation: Derivation
    /// Absent when no code was given.
    let promo: PromoAnswer?
    /// When it would be ready if it were paid now; absent while that can't be had.
    let promisedAt: Timestamp?
    let slots: [Slot]
    /// Send it back with the order: should the total have moved by then, the refusal says why.
    let seen: String

    init(_ quote: Quote, of order: OrderRequest, times: OrderTimes, promo: PromoAnswer?) {
        seen = SeenTotals(quote, code: order.promoCode).text
        totals = quote.derivation.totals
        derivation = quote.derivation
        self.promo = promo
        promisedAt = times.soonest
        slots = times.slots.map { Slot(at: $0.at, isFull: $0.isFull) }
    }
}
