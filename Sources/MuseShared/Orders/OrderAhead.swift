/// How far ahead an order can be placed: what is not served at this hour can be ordered now for when it is.
///
/// What is marked sold out (86) or counted away can't, although it may return by then: nobody knows of more yet.
public struct OrderAhead: Sendable {
    /// The last time on offer; nil if none is.
    public let until: Timestamp?

    public init(until: Timestamp?) {
        self.until = until
    }

    /// Before anybody has asked how far: for a total, say.
    public static let anyTime = OrderAhead(until: Timestamp(milliseconds: .max))

    /// When it is served next; nil if it can be had now, is sold out, or is served later than can be ordered.
    public func servedFrom(_ item: MenuItem) -> Timestamp? {
        guard !item.available, item.notice == nil, let from = item.returnsAt, let until, from <= until else {
            return nil
        }
        return from
    }

    public func allows(_ item: MenuItem) -> Bool {
        item.available || servedFrom(item) != nil
    }
}

extension ScheduleOrder {
    /// How far ahead an order can be placed. The queue does not matter for that, so nothing is read for it.
    public func ahead() throws -> OrderAhead {
        let pickup = PickupSlots(
            venue: try venues.current(), queue: KitchenQueue(), work: KitchenWork(), now: database.clock.now())
        return OrderAhead(until: pickup.candidates().last?.at)
    }
}

/// At which moments all lines of a cart are served.
struct CommonHours: Sendable {
    private let items: [MenuItem]

    init(_ lines: [ResolvedLine]) {
        // One item in five lines is asked once.
        items = Dictionary(lines.map { ($0.item.id, $0.item) }, uniquingKeysWith: { first, _ in first }).values
            .filter { $0.serving.hasHours }
    }

    func contain(_ time: Timestamp) -> Bool {
        items.allSatisfy { $0.serving.isServed(at: time) }
    }

    /// What is not served at a moment, by name.
    func missing(at time: Timestamp) -> [MenuItem] {
        items.filter { !$0.serving.isServed(at: time) }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }
}
