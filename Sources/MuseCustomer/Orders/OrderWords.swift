import MuseShared

/// Says where an order is, in the guest's words.
struct OrderWords {
    private let view: OrderView
    private let order: Order

    init(_ view: OrderView) {
        self.view = view
        order = view.detail.order
    }

    var currency: Currency { Currency(code: order.derivation.currency) ?? .usd }
    private var total: String { text(order.totals.totalMinor) }

    func time(_ moment: Timestamp) -> String {
        view.venue.timeZone.clockTime(moment)
    }

    /// With its day when that is not today's.
    private func when(_ moment: Timestamp) -> String {
        view.venue.timeZone.timeOrDay(moment, readOn: view.now)
    }

    private func text(_ minor: Int64) -> String {
        Money(minor: minor, currency: currency).formatted
    }

    var kind: String {
        switch order.fulfilment {
        case .dineIn: "Table \(order.table ?? "") for \(order.contact.name)"
        case .pickup, nil: "Pickup for \(order.contact.name)\(otherDay)"
        }
    }

    /// `, Thu 26 Nov, 9:15 AM`: of an order for another day than the one on which it was made.
    private var otherDay: String {
        let zone = view.venue.timeZone
        guard let wanted = order.wantedAt, zone.day(of: wanted) != zone.day(of: order.placedAt) else { return "" }
        return ", \(zone.dayAndTime(wanted))"
    }

    var heading: String {
        switch order.status {
        case .awaitingPayment: view.isConfirming ? "Confirming your payment" : "One step left"
        case .expired: "Not paid in time"
        default: "Your order"
        }
    }

    var state: String {
        if isReturned { return "Refunded in full" }
        switch order.status {
        case .awaitingPayment:
            return view.isConfirming ? "A moment, this page changes by itself" : "Waiting for your payment"
        case .paid: return "Received, \(promise)"
        case .preparing: return "Being made, \(promise)"
        case .ready: return order.fulfilment == .dineIn ? "On its way to your table" : "Ready at the counter"
        case .completed: return "Collected at \(time(order.changedAt))"
        case .expired: return "We let this order go at \(time(order.changedAt))"
        case .cancelled: return "Cancelled"
        }
    }

    private var isReturned: Bool {
        [.paid, .preparing, .ready].contains(order.status) && view.detail.isReturnedInFull
    }

    var detail: String? {
        if isReturned { return "All that you paid goes back to your card. Ask at the counter if that is news to you." }
        return switch order.status {
        case .awaitingPayment:
            view.isConfirming
                ? "Your payment is being confirmed with the bank. Nothing is wrong, and you need not pay again." : nil
        case .ready: order.fulfilment == .dineIn ? nil : "Say your name or show this page."
        case .completed: "Thank you for coming by."
        case .expired: "Nothing was charged. What you chose is still in your cart."
        case .cancelled:
            order.paidAt == nil
                ? "Your payment came after the time was up, and what we had held for you was gone. All of it goes back to "
                    + "your card."
                : "The kitchen could not make it."
        case .paid, .preparing: queue
        }
    }

    private var promise: String {
        promiseWords.sentence(when)
    }

    private var promiseWords: PromiseWords {
        PromiseWords(
            promised: order.promisedAt, minutes: view.place?.minutes, now: view.now,
            isBegun: order.status == .preparing)
    }

    /// `3 orders before yours. We said 2:38 PM.` An order for tonight has no place yet: others still come before it.
    private var queue: String? {
        let isNear = view.place?.minutes.map { $0 <= 60 } ?? false
        let place =
            switch isNear ? view.place?.ahead : nil {
            case .some(0): order.status == .paid ? "Yours is next." : nil
            case .some(1): "1 order before yours."
            case .some(let ahead): "\(ahead) orders before yours."
            case nil: nil as String?
            }
        let words = [place, promiseWords.said(when)].compactMap { $0 }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    var paid: String? {
        order.paidAt.map { order.totals.totalMinor == 0 ? "Nothing to pay." : "Paid by card at \(time($0))." }
    }

    var payLink: OrderPage.PayLink? {
        guard order.status == .awaitingPayment, !view.isConfirming, let url = view.payURL else { return nil }
        return OrderPage.PayLink(
            payHref: url, payLabel: "Continue to payment, \(total)", holdWords: hold,
            letGoAction: Paths.letGo(order.id), letGoToken: view.token)
    }

    /// `We hold it for you until 2:35 PM, 12 more minutes.`
    private var hold: String {
        guard let end = order.holdExpiresAt else { return "" }
        guard end > view.now else { return "The time to pay is over in a moment." }
        let minutes = (end.milliseconds - view.now.milliseconds + 59_999) / 60_000
        return "We hold it for you until \(time(end)), \(minutes == 1 ? "1 more minute" : "\(minutes) more minutes")."
    }

    var nextAct: OrderPage.NextAct? {
        switch order.status {
        case .completed: OrderPage.NextAct(nextHref: Paths.menu, nextLabel: "Order something else")
        case .expired: OrderPage.NextAct(nextHref: Paths.cart, nextLabel: "Back to the cart")
        case .cancelled:
            // A late one has its own way on.
            view.instead == nil ? OrderPage.NextAct(nextHref: Paths.menu, nextLabel: "See the menu") : nil
        case .awaitingPayment, .paid, .preparing, .ready: nil
        }
    }

    var refunds: OrderPage.Refunds? {
        let counted = view.detail.standingRefunds
        guard !counted.isEmpty else { return nil }
        let sum = view.detail.returnedMinor
        let isDone = counted.allSatisfy { $0.state == "succeeded" }
        return OrderPage.Refunds(
            refundHeading: isDone ? "\(text(sum)) went back to you" : "\(text(sum)) is on its way back",
            refundText: "To the card you paid with, in 5 to 10 days.")
    }

    var progress: [OrderPage.Step] {
        let states: [OrderStatus] = [.paid, .preparing, .ready, .completed]
        guard let now = states.firstIndex(of: order.status) else { return [] }
        let last = order.fulfilment == .dineIn ? "Served" : "Collected"
        return zip(states, ["Received", "Being made", "Ready", last]).enumerated().map { index, pair in
            let when = index <= now ? view.detail.events.last { $0.kind == pair.0.rawValue } : nil
            return OrderPage.Step(
                step: pair.1, isDone: index < now || order.status == .completed,
                isNow: index == now && !order.status.isFinal,
                stepTime: when.map { time($0.at) })
        }
    }

    func happening(_ event: OrderEvent) -> String {
        let from = event.detail["from"].flatMap(OrderStatus.init(rawValue:))
        return switch event.kind {
        case "preparing" where from == .ready: "Back in the kitchen"
        case "ready" where from == .completed: "Back at the counter"
        case "placed": "You ordered"
        case "paid": event.actor == .staff ? "Back in the queue" : "Paid, \(total)"
        case "preparing": "The kitchen began"
        case "ready": "Ready"
        case "completed": order.fulfilment == .dineIn ? "Served" : "Collected"
        case "expired": "The time to pay ended"
        case "cancelled": "Cancelled"
        case "refunded": "Refunded"
        case "refundAsked": "We asked the bank to refund you"
        case "refundedAtStripe": "Refunded"
        case "disputeOpened": "Your bank asked us about this payment"
        case "disputeWon": "Your bank closed its question"
        case "disputeLost": "Your bank returned this payment"
        case "refundFailed": "The refund needs our attention"
        case "messaged": "We wrote you a message"
        default: event.kind
        }
    }
}
