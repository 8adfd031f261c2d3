/// Where an order is on its way. Refunds are a ledger beside it, not a state.
public enum OrderStatus: String, Sendable, Codable, CaseIterable {
    case awaitingPayment, paid, preparing, ready, completed, expired, cancelled

    /// Whether nothing more will happen by itself.
    public var isFinal: Bool {
        switch self {
        case .completed, .expired, .cancelled: true
        case .awaitingPayment, .paid, .preparing, .ready: false
        }
    }
}

/// An order as it is stored.
public struct Order: Sendable {
    public let id: String
    /// Short, per business day; given when it is paid.
    public let number: Int64?
    public let businessDate: String?
    public let status: OrderStatus
    public let fulfilment: Fulfilment?
    public let wantedAt: Timestamp?
    public let promisedAt: Timestamp?
    public let table: String?
    public let contact: OrderRequest.Contact
    public let note: String
    public let derivation: Derivation
    public let menuVersion: Int64
    public let tokenHash: String
    public let holdExpiresAt: Timestamp?
    public let placedAt: Timestamp
    public let paidAt: Timestamp?
    public let changedAt: Timestamp

    public var totals: Derivation.Totals { derivation.totals }
}

/// One line as the kitchen and the receipt read it.
public struct OrderLine: Sendable {
    public let id: String
    public let kind: OrderRequest.Kind
    public let subjectID: String
    public let name: String
    public let quantity: Int64
    public let unitPriceMinor: Int64
    public let options: [Derivation.Option]
    public let note: String
    public let station: String
    /// How many of ``quantity`` the kitchen has made.
    public let doneQuantity: Int64
    public let grossMinor: Int64
    public let discountMinor: Int64
    public let taxMinor: Int64
    /// Portions that were taken from a counted stock and have not gone back.
    public var reservedStock: Int64 = 0
}

/// One entry of an order's timeline.
public struct OrderEvent: Sendable {
    public enum Actor: String, Sendable, Codable {
        case guest, staff, system, stripe
    }

    public let at: Timestamp
    /// `placed`, `paid`, `preparing`, `refunded`, …
    public let kind: String
    public let actor: Actor
    public let staffName: String?
    /// What else there is to say, by kind.
    public let detail: [String: String]

    /// What the kitchen notes for itself, line by line; guests are not told.
    public var isKitchenNote: Bool { kind == Self.lineDone }
    static let lineDone = "lineDone"
}

/// A refund as guest and staff see it.
public struct OrderRefund: Sendable {
    public let id: String
    public let amountMinor: Int64
    public let reason: String
    /// `pending`, `succeeded` or `failed`.
    public let state: String
    public let createdAt: Timestamp
    /// Made at Stripe's dashboard, not here.
    public var isFromStripe = false
    /// Why Stripe refused it, in words.
    public var failure: String?
    /// A failed one that was made good, or that staff returned in another way.
    public var isHandled = false
    /// What it is for: `1 Flat white`; empty for an amount.
    public var portions: [String] = []
    /// The part of the amount that is tip.
    public var tipMinor: Int64 = 0
    /// Price, discounts, tax and tip of the amount; nil while they are not known.
    public var parts: RefundParts?
}

/// Everything one screen tells about an order.
public struct OrderDetail: Sendable {
    public let order: Order
    public let lines: [OrderLine]
    public let events: [OrderEvent]
    public let refunds: [OrderRefund]
    public var disputes: [OrderDispute] = []

    /// Refunds that have gone back, or are on their way.
    public var standingRefunds: [OrderRefund] { refunds.filter { $0.state != "failed" } }
    public var returnedMinor: Int64 { standingRefunds.reduce(0) { $1.amountMinor.addedClamped(to: $0) } }
    /// All that was paid: nobody should wait for the order.
    public var isReturnedInFull: Bool { order.totals.totalMinor > 0 && returnedMinor >= order.totals.totalMinor }
}
