/// The hours in which a category or an item is served: weekday windows, and dates with other hours.
public struct MenuHours: Sendable, Equatable {
    public var windows: [OpeningHours]
    public var exceptions: [DatedHours]

    public init(windows: [OpeningHours] = [], exceptions: [DatedHours] = []) {
        self.windows = windows
        self.exceptions = exceptions
    }

    /// Served whenever the venue is open.
    public static let always = MenuHours()

    /// As guests read it: `Served 8:00 AM–11:30 AM`; nil if it is served whenever the venue is open.
    public func words(in zone: VenueZone, at now: Timestamp) -> String? {
        schedule(in: zone).map { ServedWords.words($0, on: zone.businessDay(of: now)) }
    }

    /// Nil if it is served whenever the venue is open. Exceptions alone are exceptions from day and night.
    func schedule(in zone: VenueZone) -> Schedule? {
        guard self != .always else { return nil }
        let everyDay = (1...7).map { OpeningHours(weekday: $0, opens: 0, closes: 1440) }
        return Schedule(hours: windows.isEmpty ? everyDay : windows, exceptions: exceptions, zone: zone)
    }
}

/// Whose hours they are. An item's own stand instead of its category's.
public enum MenuHoursOwner: Sendable, Hashable {
    case category(String)
    case item(String)

    public var id: String {
        switch self {
        case .category(let id), .item(let id): id
        }
    }

    var categoryID: String? {
        if case .category(let id) = self { id } else { nil }
    }

    var itemID: String? {
        if case .item(let id) = self { id } else { nil }
    }
}
