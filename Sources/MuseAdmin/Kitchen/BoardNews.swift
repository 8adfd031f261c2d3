import MuseShared

/// What a board that is open hears: where each card is, and those cards that it does not have yet in their present form.
struct BoardNews: Encodable, Sendable {
    struct Column: Encodable, Sendable {
        let state: String
        /// In the order of payment.
        let ids: [String]
    }

    let version: Int64
    let at: Timestamp
    let columns: [Column]
    /// Markup by order.
    let cards: [String: String]
    /// Markup of all-day counts and finished orders; absent while it is as it was.
    let sides: String?
}
