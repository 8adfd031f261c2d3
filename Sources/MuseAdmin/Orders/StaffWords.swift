import MuseShared

/// Says things about orders in the staff's words.
enum StaffWords {
    static func state(_ status: OrderStatus) -> String {
        switch status {
        case .awaitingPayment: "Waiting for payment"
        case .paid: "Received"
        case .preparing: "Being made"
        case .ready: "Ready"
        case .completed: "Collected"
        case .expired: "Expired"
        case .cancelled: "Cancelled"
        }
    }

    static func tone(_ status: OrderStatus) -> String {
        switch status {
        case .paid, .preparing: "warning"
        case .ready: "positive"
        case .cancelled: "danger"
        case .awaitingPayment, .completed, .expired: "soft"
        }
    }

    /// What a button says that moves an order on.
    static func move(to status: OrderStatus) -> String {
        switch status {
        case .preparing: "Start"
        case .ready: "Ready"
        case .completed: "Collected"
        case .cancelled: "Cancel"
        case .paid, .awaitingPayment, .expired: state(status)
        }
    }

    /// Back is any move that the kitchen takes by mistake and wants undone.
    static func isBack(_ move: OrderStatus, from status: OrderStatus) -> Bool {
        let way: [OrderStatus] = [.paid, .preparing, .ready, .completed]
        guard let here = way.firstIndex(of: status), let there = way.firstIndex(of: move) else { return false }
        return there < here
    }

    static func kind(_ order: Order) -> String {
        switch order.fulfilment {
        case .dineIn: "table \(order.table ?? "")"
        case .pickup: "pickup"
        case nil: "nothing to hand over"
        }
    }

    static func happening(_ event: OrderEvent, total: String) -> String {
        let from = event.detail["from"].flatMap(OrderStatus.init(rawValue:))
        if let from, let to = OrderStatus(rawValue: event.kind), isBack(to, from: from) {
            return "Back to \(state(to).lowercased())"
        }
        return switch event.kind {
        case "lineDone": done(event.detail)
        case "placed": "Placed"
        case "paid": event.actor == .staff ? "Back to received" : "Paid, \(total)"
        case "preparing": "Being made"
        case "ready": "Ready"
        case "completed": "Collected"
        case "expired": "Not paid in time"
        case "cancelled": "Cancelled"
        case "refunded": "Refunded"
        case "refundAsked": "Refund asked"
        case "refundedAtStripe": "Refunded at Stripe"
        case "disputeOpened": "Disputed by the guest’s bank"
        case "disputeWon": "Dispute won"
        case "disputeLost": "Dispute lost"
        case "refundFailed": "The refund failed"
        case "restocked": "Back in stock: \(event.detail["portions"] ?? "")"
        case "refundHandled": "Returned in another way: \(event.detail["note"] ?? "")"
        case "messaged": "A message was written"
        default: event.kind
        }
    }

    /// `Flat white done`, `Flat white: 1 of 2 done`, `Flat white open again`.
    private static func done(_ detail: [String: String]) -> String {
        let name = detail["line"] ?? "A line"
        guard let done = detail["done"], let of = detail["of"], done != of else { return "\(name) done" }
        return done == "0" ? "\(name) open again" : "\(name): \(done) of \(of) done"
    }

    static func actor(_ event: OrderEvent) -> String? {
        switch event.actor {
        case .staff: "by \(event.staffName ?? "the staff")"
        case .stripe: "by Stripe"
        case .guest: "by the guest"
        case .system: nil
        }
    }

    /// `2 Flat white, Butter croissant`.
    static func summary(_ lines: [Derivation.Line]) -> String {
        lines.map { $0.quantity > 1 ? "\($0.quantity) \($0.name)" : $0.name }.joined(separator: ", ")
    }

    static func option(_ option: Derivation.Option) -> String {
        option.quantity > 1 ? "\(option.quantity) × \(option.name)" : option.name
    }

    /// Whole minutes, `0 min` at first.
    static func minutes(_ milliseconds: Int64) -> String {
        let minutes = max(0, milliseconds) / 60_000
        return minutes < 120 ? "\(minutes) min" : "\(minutes / 60) h"
    }
}
