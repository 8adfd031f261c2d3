import Foundation
import MuseShared

/// One screen: what the place is, whether it is open, and the way to the menu.
struct HomePage: Page {
    static let template = "home/home-page"

    struct Hours: Encodable, Sendable {
        let days: String
        let times: String
        let isToday: Bool
    }

    let title: String
    let site: SiteFrame
    let headline: String
    let introduction: String
    let isOpen: Bool
    let openWords: String
    let pickupWords: String?
    let closedNotice: String?
    let address: String
    let mapHref: String
    let phone: String?
    let phoneLink: String?
    let hours: [Hours]

    init(venue: Venue, queue: KitchenQueue, site: SiteFrame, now: Timestamp) {
        title = venue.name
        self.site = site
        headline = venue.name
        introduction = venue.tagline
        let state = OpenState(venue.schedule, at: now)
        isOpen = state.isOpen
        openWords = state.sentence
        let notice = GuestNotice(venue, now: now)
        closedNotice = isOpen ? notice.words : nil
        pickupWords =
            isOpen && !notice.isPaused
            ? Self.pickupWords(queue, venue: venue, now: now) : nil
        address = site.address
        var map = URLComponents(string: "https://www.openstreetmap.org/search")
        map?.queryItems = [URLQueryItem(name: "query", value: site.address)]
        mapHref = map?.string ?? ""
        phone = site.phone
        phoneLink = site.phoneLink
        hours = Self.hours(venue, now: now)
    }

    /// The least time as it is; beyond, in steps that do not jitter, and as a time of day when that is hours away.
    private static func pickupWords(_ queue: KitchenQueue, venue: Venue, now: Timestamp) -> String {
        let minutes = queue.minutes(venue: venue, now: now)
        let least = KitchenQueue().minutes(venue: venue, now: now)
        if minutes > 90 { return "Ready about \(venue.timeZone.clockTime(now.adding(minutes: minutes)))" }
        return "Ready in about \(minutes == least ? least : AboutMinutes.about(minutes)) min"
    }

    /// Days in a row with the same hours are one line: `Monday to Thursday`.
    private static func hours(_ venue: Venue, now: Timestamp) -> [Hours] {
        let today = venue.timeZone.parts(of: now).weekday
        let days = (1...7).map { weekday in
            venue.hours.filter { $0.weekday == weekday }.map(times).joined(separator: ", ")
        }
        var runs: [(first: Int, last: Int, times: String)] = []
        for (index, times) in days.enumerated() {
            if let last = runs.last, last.times == times {
                runs[runs.count - 1].last = index + 1
            } else {
                runs.append((index + 1, index + 1, times))
            }
        }
        return runs.map { run in
            let words =
                switch (run.first, run.last) {
                case (1, 7): "Every day"
                case (let first, let last) where first == last: OpenState.weekdayName(first)
                default: "\(OpenState.weekdayName(run.first)) to \(OpenState.weekdayName(run.last))"
                }
            return Hours(
                days: words, times: run.times.isEmpty ? "Closed" : run.times,
                isToday: (run.first...run.last).contains(today))
        }
    }

    private static func times(_ hours: OpeningHours) -> String {
        if hours.closes - hours.opens == 1440, hours.opens == 0 { return "Day and night" }
        return "\(VenueZone.clockTime(minuteOfDay: hours.opens)) – \(VenueZone.clockTime(minuteOfDay: hours.closes))"
    }
}
