/// Where every open order stands and how long it will take: read once a change, however many guests look at theirs.
public struct OrderQueue: Sendable {
    public struct Place: Sendable, Equatable {
        /// Orders that the kitchen makes before this one; nil once it is made.
        public let ahead: Int?
        /// Until it is ready, as it is told: 1 to 10, then in steps of five; nil once it is made.
        public let minutes: Int64?
        /// With `events`, another one whenever the order's own page tells something new.
        public let changedAt: Timestamp
        public let events: Int
    }

    /// The version of `orders` that this is.
    let version: Int64
    let estimatedAt: Timestamp
    /// What a new order would wait for.
    public let kitchen: KitchenQueue
    private let places: [String: Place]

    init(version: Int64, estimatedAt: Timestamp, kitchen: KitchenQueue, places: [String: Place]) {
        self.version = version
        self.estimatedAt = estimatedAt
        self.kitchen = kitchen
        self.places = places
    }

    /// Nil for an order that the kitchen does not have, or not any more.
    public func place(of orderID: String) -> Place? {
        places[orderID]
    }
}
