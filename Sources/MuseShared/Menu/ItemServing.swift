/// What decides whether an item or an option can be had at a moment: hours, a mark by hand, and what is left.
public struct ItemServing: Sendable {
    /// Nil: whenever the venue is open.
    let schedule: Schedule?
    public let soldOut: ItemAvailability
    /// Nil: not counted.
    let stockCount: Int64?

    init(schedule: Schedule? = nil, soldOut: ItemAvailability = .onMenu, stockCount: Int64? = nil) {
        self.schedule = schedule
        self.soldOut = soldOut
        self.stockCount = stockCount
    }

    /// Served at some hours and not at others.
    var hasHours: Bool { schedule != nil }

    /// Why it can't be had.
    public enum Obstacle: Sendable, Equatable {
        /// Taken off by hand (86), or none left.
        case soldOut
        /// Not at this hour.
        case notServed
    }

    /// Nil if it can be had at that moment: now, or when an order is wanted.
    ///
    /// What returns by itself before that moment can be had; what was counted away can't, since nobody knows of more.
    public func obstacle(at time: Timestamp) -> Obstacle? {
        if stockCount == 0 || isMarked(at: time) { return .soldOut }
        return isServed(at: time) ? nil : .notServed
    }

    public func isMarked(at time: Timestamp) -> Bool {
        switch soldOut {
        case .onMenu: false
        case .soldOut(let until): until.map { time < $0 } ?? true
        }
    }

    public func isServed(at time: Timestamp) -> Bool {
        schedule?.isOpen(at: time) ?? true
    }

    /// When it can be had again by itself, if that is known.
    public func returns(after time: Timestamp) -> Timestamp? {
        guard stockCount != 0 else { return nil }
        var moment = time
        if isMarked(at: time) {
            guard let until = soldOut.returnsAt else { return nil }
            moment = until
        }
        return isServed(at: moment) ? moment : schedule?.nextOpening(after: moment)
    }

}
