import MuseShared

/// When something that is not served at this hour is: `5:00 PM`, or the day with it.
struct ServedLater: Sendable {
    let zone: VenueZone
    let now: Timestamp

    init(_ venue: Venue, now: Timestamp) {
        zone = venue.timeZone
        self.now = now
    }

    func time(_ moment: Timestamp) -> String {
        zone.day(of: moment) == zone.day(of: now) ? zone.clockTime(moment) : zone.dayAndTime(moment)
    }

    func from(_ moment: Timestamp) -> String { "Served from \(time(moment))" }

    /// `Steak is served from 5:00 PM`: of several, the one that is served last.
    func sentence(_ items: [MenuItem]) -> String? {
        let last = items.compactMap { item in item.returnsAt.map { (item.name, $0) } }.max { $0.1 < $1.1 }
        return last.map { "\($0.0) is served from \(time($0.1))" } ?? items.first.map { "\($0.name) is not served now" }
    }
}

extension Problem {
    /// The time that was chosen is not one at which all of it is served; the page offers those that are.
    static func notServedThen(_ items: [MenuItem], _ sentence: String) -> Problem {
        let names = items.map(\.name).joined(separator: " and ")
        var problem = Problem.conflict(
            "not-served-then", title: "\(names) can’t be had at that time",
            detail: "Nothing was ordered and nothing was charged. \(sentence).")
        problem.errors = [FieldError("fulfilment.at", "\(sentence). Choose one of these times.")]
        return problem
    }
}

extension GuestCounter {
    /// How far ahead this guest can order; nil at a table, where all of it is brought at once.
    func ahead(_ context: some WebContext) throws -> OrderAhead? {
        try table(context) == nil ? try schedule.ahead() : nil
    }

    /// `5:00 PM`, if the item is not served now and this guest can order it for then.
    func servedFrom(_ item: MenuItem, _ context: some WebContext) throws -> String? {
        guard !item.available, let from = try ahead(context)?.servedFrom(item) else { return nil }
        return ServedLater(try venue(), now: now()).time(from)
    }
}
