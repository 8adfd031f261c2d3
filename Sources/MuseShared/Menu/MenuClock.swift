/// What time does to a menu: who is served by which hours, in words, and when that changes next.
struct MenuClock {
    private let schedules: [MenuHoursOwner: Schedule]
    private let zone: VenueZone
    let now: Timestamp
    private let today: CalendarDay

    init(hours: [MenuHoursOwner: MenuHours], zone: VenueZone, now: Timestamp) {
        self.zone = zone
        self.now = now
        schedules = hours.compactMapValues { $0.schedule(in: zone) }
        today = zone.businessDay(of: now)
    }

    /// An item's hours: its own, or else its category's.
    func hours(ofItem id: String, category: String) -> (schedule: Schedule?, isOwn: Bool, words: String?) {
        let own = schedules[.item(id)]
        let schedule = own ?? schedules[.category(category)]
        return (schedule, own != nil, schedule.map { ServedWords.words($0, on: today) })
    }

    func words(for owner: MenuHoursOwner) -> String? {
        schedules[owner].map { ServedWords.words($0, on: today) }
    }

    /// `Sold out, back Mon 23 Nov, 5:00 PM`.
    func soldOutWords(_ serving: ItemServing) -> String {
        serving.returns(after: now).map { "Sold out, back \(zone.dayAndTime($0))" } ?? "Sold out for now"
    }

    /// The next moment at which something on the menu, or a word on it, changes by time alone.
    func nextChange(of items: [MenuItem]) -> Timestamp? {
        let options = items.flatMap(\.modifierGroups).flatMap(\.options).compactMap(\.returnsAt)
        let hours = schedules.values.compactMap { $0.nextChange(after: now) }
        // What is said about today ends with today.
        let night = schedules.values.contains(where: \.hasExceptions) ? [zone.endOfBusinessDay(at: now)] : []
        let marks = items.compactMap { $0.serving.isMarked(at: now) ? $0.serving.soldOut.returnsAt : nil }
        return (options + hours + night + marks).min()
    }
}
