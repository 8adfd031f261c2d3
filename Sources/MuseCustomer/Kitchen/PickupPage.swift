import MuseShared

/// The screen on the wall: whose order is being made, and whose is ready. Numbers and a first letter, nothing else.
struct PickupPage: Page {
    static let template = "kitchen/pickup-page"

    let title = "Pick up"
    let venueName: String
    /// IANA name: the page goes on telling the venue's time, wherever its screen is.
    let zone: String
    let updatedTime: String
    let lists: PickupLists

    init(_ pickups: PickupRepository.Pickups, venue: Venue, now: Timestamp) {
        venueName = venue.name
        zone = venue.timeZone.identifier
        updatedTime = venue.timeZone.clockTimeWithSeconds(now)
        lists = PickupLists(pickups.entries)
    }
}

/// Both lists, as far as a wall has room for them.
struct PickupLists: Encodable, Sendable {
    struct Entry: Encodable, Sendable {
        let pickupNumber: Int64
        let initial: String
    }

    let hasReady: Bool
    /// What became ready last comes first.
    let ready: [Entry]
    let readyMore: String?
    let hasMaking: Bool
    let making: [Entry]
    let makingMore: String?
    /// Many numbers are drawn smaller: `few`, `some` or `many`.
    let size: String

    private static let mostReady = 20
    private static let mostMaking = 24

    init(_ entries: [PickupRepository.Entry]) {
        let ready = entries.filter(\.isReady).sorted { $0.changedAt > $1.changedAt }
        let making = entries.filter { !$0.isReady }
        self.ready = ready.prefix(Self.mostReady).map(Entry.init)
        self.making = making.prefix(Self.mostMaking).map(Entry.init)
        hasReady = !ready.isEmpty
        hasMaking = !making.isEmpty
        readyMore = Self.more(ready.count - Self.mostReady)
        makingMore = Self.more(making.count - Self.mostMaking)
        let most = max(ready.count, making.count)
        size = most <= 6 ? "few" : most <= 12 ? "some" : "many"
    }

    private static func more(_ count: Int) -> String? {
        count > 0 ? "and \(count) more" : nil
    }
}

extension PickupLists.Entry {
    init(_ entry: PickupRepository.Entry) {
        self.init(pickupNumber: entry.number, initial: entry.initial)
    }
}
