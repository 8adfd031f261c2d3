import Foundation
import MuseShared

/// The receipt that lives: where the order is, what was ordered, and why it costs that.
struct OrderPage: Page {
    static let template = "orders/order-page"
    /// It shows the order's token in links of its own.
    static let holdsSecrets = true

    struct Step: Encodable, Sendable {
        let step: String
        let isDone: Bool
        let isNow: Bool
        let stepTime: String?
    }

    struct Happening: Encodable, Sendable {
        let time: String
        let what: String
    }

    struct PayLink: Encodable, Sendable {
        let payHref: String
        let payLabel: String
        let holdWords: String
        let letGoAction: String
        let letGoToken: String
    }

    struct NextAct: Encodable, Sendable {
        let nextHref: String
        let nextLabel: String
    }

    /// What can be done with an order that was paid.
    struct Afterwards: Encodable, Sendable {
        let receiptHref: String
        let reorderAction: String
        let reorderToken: String
    }

    struct Refunds: Encodable, Sendable {
        let refundHeading: String
        let refundText: String
    }

    let title: String
    let site: SiteFrame
    let streamHref: String
    let pollHref: String
    let kindWords: String
    let number: String?
    let heading: String
    let state: String
    /// An open page that is of this one needs only new words for its state.
    let revision: String
    let stateWords: String
    let stateDetail: String?
    let isBad: Bool
    let isFinal: Bool
    let hasProgress: Bool
    let progress: [Step]
    let lines: [LineWords]
    let orderNote: String?
    let totals: TotalsTable
    let returned: ReturnedTable?
    let paidWords: String?
    let payLink: PayLink?
    let nextAct: NextAct?
    let refunds: Refunds?
    let late: LateOrder?
    let afterwards: Afterwards?
    let timeline: [Happening]
    let updatedMs: Int64
    let updatedTime: String
    /// IANA name: the page goes on telling the venue's time, wherever its reader is.
    let zone: String
    let keepLinkWords: String

    init(_ view: OrderView, site: SiteFrame) {
        let order = view.detail.order
        let words = OrderWords(view)
        // What a guest reads in the row of tabs while doing something else.
        title = order.number.map { order.status == .ready ? "Ready: order \($0)" : "Order \($0)" } ?? "Your order"
        self.site = site
        streamHref = Paths.stream(order.id, token: view.token)
        pollHref = Paths.orderAnswer(order.id, token: view.token)
        kindWords = words.kind
        number = order.number.map(String.init)
        heading = words.heading
        state = view.isConfirming ? "confirming" : order.status.rawValue
        revision = view.revision
        stateWords = words.state
        stateDetail = words.detail
        isBad = order.status == .expired || order.status == .cancelled
        isFinal = order.status.isFinal
        progress = words.progress
        hasProgress = !progress.isEmpty
        lines = order.derivation.lineWords
        orderNote = order.note.isEmpty ? nil : order.note
        totals = TotalsTable(order.derivation, detail: .full)
        returned = ReturnedTable(view.detail, zone: view.venue.timeZone)
        paidWords = words.paid
        payLink = words.payLink
        // The email goes out once it is paid.
        let place = order.paidAt == nil ? "" : ", also in your email"
        keepLinkWords =
            "This page has its own link\(place). Keep it to yourself: who has it can see the order."
        nextAct = words.nextAct
        refunds = words.refunds
        late = view.instead.map { LateOrder($0, orderID: order.id, token: view.token, venue: view.venue) }
        afterwards = order.paidAt.map { _ in
            Afterwards(
                receiptHref: Paths.receipt(order.id, token: view.token), reorderAction: Paths.reorder(order.id),
                reorderToken: view.token)
        }
        timeline = view.detail.events.filter { !$0.isKitchenNote }.map { event in
            Happening(time: words.time(event.at), what: words.happening(event))
        }
        updatedMs = view.now.milliseconds
        zone = view.venue.timeZone.identifier
        updatedTime = view.venue.timeZone.clockTimeWithSeconds(view.now)
    }
}

/// All that the order page is made from.
struct OrderView: Sendable {
    let detail: OrderDetail
    let venue: Venue
    /// The guest's proof, for the links on the page.
    let token: String
    /// Where the guest pays, while the order waits for it.
    let payURL: String?
    /// The guest has done their part, as far as we know, and the money is not here yet.
    let isInPayment: Bool
    let now: Timestamp
    /// Where it stands in the kitchen; nil when the kitchen does not have it.
    var place: OrderQueue.Place?
    /// Of an order that was paid too late.
    var instead: Alternatives?

    /// Unsure is never shown as failed.
    var isConfirming: Bool { detail.order.status == .awaitingPayment && isInPayment }

    /// Another one whenever the page tells more than how long it still takes.
    var revision: String {
        let refunds = detail.refunds.map(\.state).joined(separator: ".")
        return "\(detail.order.changedAt.milliseconds)-\(detail.events.count)-\(refunds)"
    }
}
