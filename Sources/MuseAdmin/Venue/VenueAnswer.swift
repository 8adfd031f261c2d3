import MuseShared

/// When orders are taken, for programs.
struct VenueAnswer: Encodable, Sendable {
    struct Exception: Encodable, Sendable {
        let date: String
        /// Empty: closed.
        let hours: String
        let note: String
    }

    struct Station: Encodable, Sendable {
        let name: String
        let hands: Int64
        let slotSeconds: Int64
    }

    /// `open`, `paused` or `closed`.
    let state: String
    /// When the pause ends or the venue opens, if that is known.
    let until: Timestamp?
    let addedMinutes: Int64
    let prepMinutes: Int64
    let slotMinutes: Int64
    /// By weekday: `07:00-14:00, 18:00-02:00`; empty is closed.
    let hours: [String: String]
    let exceptions: [Exception]
    let stations: [Station]
    let tipPercents: [Int64]

    init(_ venue: Venue, _ exceptions: [OpeningException], now: Timestamp) {
        switch OrderingGate(venue).state(at: now) {
        case .open: (state, until) = ("open", nil)
        case .paused(let end): (state, until) = ("paused", end)
        case .closed(let opens): (state, until) = ("closed", opens)
        }
        tipPercents = venue.tipPercents
        addedMinutes = venue.ordering.delay(at: now)?.minutes ?? 0
        prepMinutes = venue.prepMinutes
        slotMinutes = venue.ordering.slotMinutes
        hours = Dictionary(
            uniqueKeysWithValues: ChangeOpeningHours.dayNames.enumerated().map { index, name in
                (name, HoursText.text(venue.hours.filter { $0.weekday == index + 1 }))
            })
        self.exceptions = Dictionary(grouping: exceptions, by: \.date).sorted { $0.key < $1.key }.map { date, rows in
            let windows = rows.compactMap { row in
                row.opens.flatMap { opens in row.closes.map { OpeningHours(weekday: 1, opens: opens, closes: $0) } }
            }
            return Exception(date: date, hours: HoursText.text(windows), note: rows.first?.note ?? "")
        }
        stations = venue.ordering.stations.sorted { $0.key < $1.key }.map {
            Station(name: $0.key, hands: $0.value.hands, slotSeconds: $0.value.slotSeconds)
        }
    }
}
