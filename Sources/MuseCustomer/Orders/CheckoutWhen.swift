import MuseShared

/// The checkout's “When”: as soon as possible with the queue's promise, or one of the pickup times; at a table neither.
struct CheckoutWhen: Encodable, Sendable {
    struct Slot: Encodable, Sendable {
        let value: String
        let slotTime: String
        let isChosen: Bool
        let isFull: Bool
    }

    let isSoonest: Bool
    let canSoonest: Bool
    let soonestWords: String
    let hasSlots: Bool
    let isLater: Bool
    /// The first entry of the times while none is chosen: without scripts a chosen time counts, whatever the buttons say.
    let soonestEntry: String?
    let slots: [Slot]
    let atError: String?
    let `where`: String?

    init(_ times: OrderTimes, form: CheckoutForm, venue: Venue, now: Timestamp, error: String?) {
        let zone = venue.timeZone
        canSoonest = times.soonest != nil
        hasSlots = !times.slots.isEmpty
        isLater = hasSlots && (form.isLater || !canSoonest)
        isSoonest = !isLater && canSoonest
        if let later = ServedLater(venue, now: now).sentence(times.notServedNow), !times.isPaused {
            soonestWords = later
        } else if let ready = times.soonest {
            let minutes = max(1, (ready.milliseconds - now.milliseconds + 59_999) / 60_000)
            soonestWords = "About \(minutes) min, so around \(zone.clockTime(ready))"
        } else {
            soonestWords = GuestNotice(venue, now: now).soonestWords
        }
        let chosen =
            form.slot.flatMap { wanted in times.slots.first { $0.at == wanted && !$0.isFull }?.at }
            ?? (canSoonest && error == nil ? nil : Self.free(times, after: form.slot).first)
        soonestEntry = canSoonest ? "As soon as possible" : nil
        let today = zone.day(of: now)
        slots = times.slots.map { slot in
            let isToday = zone.day(of: slot.at) == today
            return Slot(
                value: slot.at.rfc3339, slotTime: isToday ? zone.clockTime(slot.at) : zone.dayAndTime(slot.at),
                isChosen: slot.at == chosen, isFull: slot.isFull)
        }
        atError = error.map { Self.naming(times, after: form.slot, zone: zone, in: $0) }
        self.where = "Pick it up at the counter, \(venue.street)."
    }

    /// The free times after the one that was wanted, or all of them.
    private static func free(_ times: OrderTimes, after wanted: Timestamp?) -> [Timestamp] {
        let free = times.slots.filter { !$0.isFull }.map(\.at)
        let later = wanted.map { wanted in free.filter { $0 > wanted } } ?? []
        return later.isEmpty ? free : later
    }

    /// The three that are nearest to what was wanted: nobody has to open the list to know whether it is worth it.
    private static func naming(
        _ times: OrderTimes, after wanted: Timestamp?, zone: VenueZone, in error: String
    ) -> String {
        let named = free(times, after: wanted).prefix(3).map(zone.clockTime)
        guard let last = named.last else { return error }
        let others = named.dropLast().joined(separator: ", ")
        return "\(error) Free: \(others.isEmpty ? last : "\(others) and \(last)")."
    }
}

/// The table that a guest came from.
struct CheckoutTable: Encodable, Sendable {
    let tableName: String
    let tableWords: String

    init(_ table: DiningTable, times: OrderTimes, now: Timestamp, zone: VenueZone) {
        tableName = table.name
        tableWords =
            times.soonest.map {
                "We bring it to you in about \(max(1, ($0.milliseconds - now.milliseconds + 59_999) / 60_000)) min."
            } ?? "We bring it to you when it is ready."
    }
}
