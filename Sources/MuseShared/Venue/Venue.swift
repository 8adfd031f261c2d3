/// The place: what both sites print about it, and the clock it lives by.
public struct Venue: Sendable {
    public let name: String
    public let tagline: String
    public let street: String
    public let city: String
    public let phone: String
    public let email: String
    public let currency: Currency
    /// IANA name, e.g. `America/New_York`.
    public let timeZone: VenueZone
    /// How long an order takes when nothing better is known.
    public let prepMinutes: Int64
    public let hours: [OpeningHours]
    /// Dates with other hours.
    public let exceptions: [DatedHours]
    public let ordering: OrderingRules
    /// The checkout's tip buttons, rising.
    public let tipPercents: [Int64]

    /// When it is open.
    public var schedule: Schedule { Schedule(hours: hours, exceptions: exceptions, zone: timeZone) }
}

/// One opening of a weekday, in minutes after local midnight; `closes` may pass 1440, into the next day.
public struct OpeningHours: Sendable, Hashable {
    /// 1 is Monday, 7 is Sunday.
    public let weekday: Int
    public let opens: Int
    public let closes: Int

    public init(weekday: Int, opens: Int, closes: Int) {
        self.weekday = weekday
        self.opens = opens
        self.closes = closes
    }
}
