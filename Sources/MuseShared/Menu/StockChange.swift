/// One change of a counted stock: what, why, and by whose order or hand.
public struct StockChange: Sendable, Equatable {
    public enum Reason: String, Sendable, CaseIterable {
        /// It stood there before changes were written down, or a program of an earlier release changed it.
        case found
        /// Staff counted; also the first count.
        case counted
        case delivered
        /// An order took it.
        case reserved
        /// The order was not paid, or cancelled.
        case released
        /// Paid late: taken once more.
        case reclaimed
        /// Refunded and put back on the shelf.
        case restocked
        /// Nobody counts it any more.
        case uncounted
    }

    /// 1, 2, 3 within the item.
    public let position: Int64
    public let at: Timestamp
    public let reason: Reason
    public let delta: Int64
    public let countAfter: Int64
    public let orderID: String?
    /// The order's number, once it is paid.
    public let orderNumber: Int64?
    public let staffName: String?
}

/// Who changes a stock, and why.
struct StockCause: Sendable {
    let reason: StockChange.Reason
    var orderID: String?
    var staffID: String?

    static func order(_ id: String, _ reason: StockChange.Reason) -> StockCause {
        StockCause(reason: reason, orderID: id)
    }

    static func staff(_ id: String, _ reason: StockChange.Reason) -> StockCause {
        StockCause(reason: reason, staffID: id)
    }
}

/// A counted item as the list of stock shows it.
public struct StockLevel: Sendable, Equatable {
    public let itemID: String
    public let name: String
    public let count: Int64
    /// Nil: nobody asked to be told.
    public let lowMark: Int64?

    public var isLow: Bool { count == 0 || lowMark.map { count <= $0 } ?? false }
}
