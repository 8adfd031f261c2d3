/// Says from the work that is really left when each open order will be ready.
///
/// An order waits for what stands before it at the slowest of the stations that it needs, and for its own work, shared
/// by the hands of that station. Time that has passed since the last tap on an order that was begun counts as work on
/// it, so that minutes grow fewer while nobody taps; what was not begun stays as far away as it is. Nothing is told
/// sooner than the venue's least time after payment or than the time that was chosen. Minutes that staff have added
/// count for what was not begun.
struct EstimateQueue: Sendable {
    let venue: Venue
    let now: Timestamp

    /// - Parameter before: what was told last; a little more than that is no news.
    func callAsFunction(_ snapshot: OrderQueueRepository.Snapshot, before: OrderQueue?) -> OrderQueue {
        let begun = begunOrders(snapshot.entries)
        let near = now.adding(seconds: KitchenQueueRepository.aheadSeconds)
        var line: [String: Int64] = [:]
        var (waiting, atOnce): ([String: Int64], [String: Int64]) = ([:], [:])
        var places: [String: OrderQueue.Place] = [:]
        var ahead = 0
        for entry in snapshot.entries {
            guard entry.status != .ready else {
                places[entry.id] = .init(
                    ahead: nil, minutes: nil, changedAt: entry.changedAt, events: entry.events)
                continue
            }
            let left = work(of: entry, begun: begun)
            Self.add(left, to: &line)
            if entry.wantedAt.map({ $0 <= near }) ?? true {
                Self.add(left, to: &waiting)
                if entry.wantedAt == nil { Self.add(left, to: &atOnce) }
            }
            let seconds = seconds(until: entry, left: left, line: line)
            places[entry.id] = .init(
                ahead: ahead, minutes: Self.told(seconds, before: before?.place(of: entry.id)?.minutes),
                changedAt: entry.changedAt, events: entry.events)
            ahead += 1
        }
        return OrderQueue(
            version: snapshot.version, estimatedAt: now,
            kitchen: KitchenQueue(waiting: KitchenWork(seconds: waiting), atOnce: KitchenWork(seconds: atOnce)),
            places: places)
    }

    /// Less is told at once. More is told only when it is more than a minute more, so that nothing flickers.
    static func told(_ seconds: Int64, before: Int64?) -> Int64 {
        let minutes = AboutMinutes.about(seconds: seconds)
        guard let before, minutes > before, seconds <= before.addedClamped(to: 1).multipliedClamped(by: 60) else {
            return minutes
        }
        return before
    }

    // MARK: One order

    private func seconds(until entry: OrderQueueRepository.Entry, left: [String: Int64], line: [String: Int64]) -> Int64
    {
        let slowest = left.keys.map { (line[$0] ?? 0) / venue.ordering.station($0).hands }.max() ?? 0
        let added = entry.status == .paid ? (venue.ordering.delay(at: now)?.minutes ?? 0) : 0
        let made = now.adding(seconds: slowest).adding(minutes: added)
        let earliest = entry.wantedAt ?? entry.paidAt.adding(minutes: venue.prepMinutes)
        return (max(made, earliest).milliseconds - now.milliseconds) / 1000
    }

    private func work(of entry: OrderQueueRepository.Entry, begun: [String: Int64]) -> [String: Int64] {
        guard entry.status == .preparing else { return entry.open.seconds }
        let passed = max(0, now.milliseconds - entry.changedAt.milliseconds) / 1000
        return entry.open.seconds.reduce(into: [:]) { left, part in
            let share = passed.multipliedClamped(by: venue.ordering.station(part.key).hands)
            left[part.key] = max(0, part.value - share / max(1, begun[part.key] ?? 1))
        }
    }

    /// How many orders share the hands of a station now.
    private func begunOrders(_ entries: [OrderQueueRepository.Entry]) -> [String: Int64] {
        var begun: [String: Int64] = [:]
        for entry in entries where entry.status == .preparing {
            for station in entry.open.seconds.keys { begun[station, default: 0] += 1 }
        }
        return begun
    }

    private static func add(_ work: [String: Int64], to sum: inout [String: Int64]) {
        for (station, seconds) in work { sum[station] = seconds.addedClamped(to: sum[station] ?? 0) }
    }
}

/// Minutes as one says them: whole ones up to ten, then in steps of five, because nobody wants to see 23 become 22.
public enum AboutMinutes {
    /// At least 1.
    public static func about(_ minutes: Int64) -> Int64 {
        let minutes = max(1, minutes)
        return minutes <= 10 ? minutes : (minutes / 5 + (minutes % 5 == 0 ? 0 : 1)).multipliedClamped(by: 5)
    }

    static func about(seconds: Int64) -> Int64 {
        let seconds = max(0, seconds)
        return about(seconds / 60 + (seconds % 60 == 0 ? 0 : 1))
    }
}
