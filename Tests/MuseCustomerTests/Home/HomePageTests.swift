import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct HomePageTests {
    /// Noon on Monday; open Monday and Tuesday from 7:30 AM to 11:00 PM.
    private func home(hoursLater hours: Int64 = 0) async throws -> HomePage {
        let cafe = try await TemporaryDatabase.fullCafe()
        let venue = try VenueRepository(database: cafe.database).venue()
        let now = cafe.clock.now.adding(seconds: hours * 3600)
        let frame = SiteFrame(venue: venue, path: "/", cart: nil, flash: nil, now: now)
        return HomePage(venue: venue, queue: KitchenQueue(), site: frame, now: now)
    }

    @Test func `an open house says until when, and how soon an order is ready`() async throws {
        let page = try await home()
        #expect(page.isOpen)
        #expect(page.openWords == "Open until 11:00 PM")
        #expect(page.pickupWords == "Ready in about 12 min")
    }

    @Test(arguments: [
        (Int64(12), "Closed, opens today at 7:30 AM"), (35, "Closed, opens Monday at 7:30 AM"),
        (11, "Closed, opens tomorrow at 7:30 AM"),
    ])
    func `a closed house says when it opens`(_ hours: Int64, _ words: String) async throws {
        let page = try await home(hoursLater: hours)
        #expect(!page.isOpen)
        #expect(page.openWords == words)
        #expect(page.pickupWords == nil)
    }

    @Test func `days of the same hours stand in one row, and today is marked`() async throws {
        let page = try await home()
        #expect(page.hours.first?.days.contains("Monday") == true)
        #expect(page.hours.first?.times == "7:30 AM – 11:00 PM")
        #expect(page.hours.filter(\.isToday).count == 1)
        #expect(page.hours.first?.isToday == true)
        #expect(page.hours.count == 2)
    }

    @Test func `a house that never closes says so in one row`() async throws {
        let cafe = try await TemporaryDatabase.fullCafe()
        try await cafe.database.write { transaction in
            try transaction.execute("DELETE FROM opening_hours")
            for weekday in 1...7 {
                try transaction.execute("INSERT INTO opening_hours VALUES (\("day-\(weekday)"), \(weekday), 0, 1440)")
            }
        }
        let venue = try VenueRepository(database: cafe.database).venue()
        let frame = SiteFrame(venue: venue, path: "/", cart: nil, flash: nil, now: cafe.clock.now)
        let page = HomePage(venue: venue, queue: KitchenQueue(), site: frame, now: cafe.clock.now)
        #expect(page.openWords == "Open day and night")
        #expect(page.hours.map(\.days) == ["Every day"])
        #expect(page.hours.map(\.times) == ["Day and night"])
    }

    @Test func `the page is served with the address, the map and the telephone`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let page = try await visitor.get("/").text
            for shown in [
                "12 Camden Road, Charlotte", "openstreetmap.org/search?query=12%20Camden%20Road", "tel:+17045550100",
            ] {
                #expect(page.contains(shown), "\(shown)")
            }
        }
    }
}
