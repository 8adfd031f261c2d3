/// How the venue takes orders: pickup times, what its kitchen can promise ahead, and what staff have set for this hour.
public struct OrderingRules: Sendable, Equatable {
    /// What the work of one station is measured by.
    public struct Station: Sendable, Equatable {
        /// How many pairs of hands work side by side.
        public let hands: Int64
        /// Seconds of work that one slot may promise.
        public let slotSeconds: Int64

        public init(hands: Int64, slotSeconds: Int64) {
            self.hands = hands
            self.slotSeconds = slotSeconds
        }
    }

    /// Staff have stopped ordering.
    public struct Pause: Sendable, Equatable {
        public let since: Timestamp
        /// Nil: until somebody says so.
        public let until: Timestamp?

        func isOn(at time: Timestamp) -> Bool { until.map { time < $0 } ?? true }
    }

    /// Staff have added minutes to every promise.
    public struct Delay: Sendable, Equatable {
        public let minutes: Int64
        public let until: Timestamp
    }

    public let slotMinutes: Int64
    /// Of stations without settings of their own.
    public let slotSeconds: Int64
    public let stations: [String: Station]
    let lastPause: Pause?
    let lastDelay: Delay?

    public func station(_ name: String) -> Station {
        stations[name] ?? Station(hands: 1, slotSeconds: slotSeconds)
    }

    /// The pause, while it lasts: it ends by itself, without anybody writing anything.
    public func pause(at time: Timestamp) -> Pause? {
        lastPause.flatMap { $0.isOn(at: time) ? $0 : nil }
    }

    public func delay(at time: Timestamp) -> Delay? {
        lastDelay.flatMap { $0.minutes > 0 && time < $0.until ? $0 : nil }
    }
}
