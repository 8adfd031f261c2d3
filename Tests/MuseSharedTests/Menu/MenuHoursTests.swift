import MuseTestSupport
import Testing

@testable import MuseShared

/// The test clock begins on Monday at noon in New York.
struct MenuHoursTests {
    private func breakfast(_ exceptions: [DatedHours] = []) -> MenuHours {
        MenuHours(
            windows: (1...7).map { OpeningHours(weekday: $0, opens: 480, closes: 690) }, exceptions: exceptions)
    }

    private func set(_ hours: MenuHours, of owner: MenuHoursOwner, in cafe: TemporaryDatabase) async throws {
        _ = try await ChangeMenuHours(database: cafe.database)(
            ChangeMenuHours.Request(owner: owner, hours: hours, staffID: CafeFixture.barista))
    }

    @Test func `a window opens and closes in the very next answer, without a new version`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        try await set(breakfast(), of: .item(CafeFixture.croissant), in: cafe)
        let cache = MenuCache(database: cafe.database) { _ in true }
        let version = try CacheVersionRepository(database: cafe.database).current(.menu)
        let noon = try #require(try cache.current().published.item(CafeFixture.croissant))
        #expect(!noon.available && noon.notice == nil)
        #expect(noon.servedWords == "Served 8:00 AM–11:30 AM")
        cafe.clock.advance(seconds: 20 * 3600)
        #expect(try cache.current().published.item(CafeFixture.croissant)?.available == true)
        cafe.clock.advance(seconds: 3 * 3600 + 1800)
        #expect(try cache.current().published.item(CafeFixture.croissant)?.available == false)
        #expect(try CacheVersionRepository(database: cafe.database).current(.menu) == version)
    }

    @Test func `an item's own hours stand instead of its category's`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        try await set(breakfast(), of: .category("kitchen"), in: cafe)
        try await set(
            MenuHours(windows: (1...7).map { OpeningHours(weekday: $0, opens: 0, closes: 1440) }),
            of: .item(CafeFixture.soup), in: cafe)
        let menu = try MenuRepository(database: cafe.database).published()
        #expect(menu.item(CafeFixture.croissant)?.available == false)
        #expect(menu.item(CafeFixture.soup)?.available == true)
        #expect(menu.item(CafeFixture.flatWhite)?.available == true)
    }

    @Test func `an order is judged at the time it is wanted`() async throws {
        let counter = try await CheckoutCounter.open()
        try await set(breakfast(), of: .item(CafeFixture.croissant), in: counter.cafe)
        let menu = try MenuRepository(database: counter.database).published()
        var request = OrderRequest(
            lines: [CheckoutCounter.line(CafeFixture.croissant)], fulfilment: .init(type: .pickup))
        #expect(throws: QuoteOrder.Refusal.self) { try QuoteOrder(menu: menu)(request) }
        request.fulfilment?.at = counter.cafe.clock.now.adding(seconds: 21 * 3600)
        #expect(try QuoteOrder(menu: menu)(request).lines.count == 1)
    }

    @Test func `a refusal says when it is served`() async throws {
        let counter = try await CheckoutCounter.open()
        try await set(breakfast(), of: .item(CafeFixture.croissant), in: counter.cafe)
        let menu = try MenuRepository(database: counter.database).published()
        let problems = #expect(throws: CartProblems.self) {
            _ = try ResolveCart(menu: menu)([CheckoutCounter.line(CafeFixture.croissant)])
        }
        #expect(problems?.problems.first?.message.contains("served 8:00 AM–11:30 AM") == true)
    }

    @Test func `a date of its own is told in words`() async throws {
        let zone = try #require(VenueZone(identifier: "America/New_York"))
        let today = try #require(CalendarDay(text: "2026-11-26"))
        let closed = try #require(DatedHours(date: today.text, opens: nil, closes: nil))
        let schedule = try #require(breakfast([closed]).schedule(in: zone))
        #expect(ServedWords.words(schedule, on: today) == "Not served today")
        #expect(ServedWords.words(schedule, on: today.adding(days: 1)) == "Served 8:00 AM–11:30 AM")
        let weekdays = MenuHours(windows: (1...5).map { OpeningHours(weekday: $0, opens: 480, closes: 690) })
        let words = ServedWords.words(try #require(weekdays.schedule(in: zone)), on: today)
        #expect(words == "Served Mon–Fri 8:00 AM–11:30 AM")
    }

    @Test func `hours as they were write nothing, and a change is in the action log`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        try await set(breakfast(), of: .item(CafeFixture.soup), in: cafe)
        let version = try CacheVersionRepository(database: cafe.database).current(.menu)
        try await set(breakfast(), of: .item(CafeFixture.soup), in: cafe)
        #expect(try CacheVersionRepository(database: cafe.database).current(.menu) == version)
        #expect(
            try cafe.database.first("SELECT COUNT(*) AS n FROM action_log WHERE action = 'menu.hours_changed'")?
                .int("n") == 1)
    }

    @Test func `86 lasts until the next business day opens by default`() throws {
        let zone = try #require(VenueZone(identifier: "America/New_York"))
        let schedule = Schedule(
            hours: (1...7).flatMap {
                [
                    OpeningHours(weekday: $0, opens: 660, closes: 840),
                    OpeningHours(weekday: $0, opens: 1020, closes: 1320),
                ]
            }, zone: zone)
        let lunch = try #require(Timestamp(rfc3339: "2026-11-23T17:00:00Z"))
        #expect(
            SoldOutReturn.nextOpening.moment(now: lunch, schedule: schedule)
                == Timestamp(rfc3339: "2026-11-24T16:00:00Z"))
        #expect(SoldOutReturn.whenSaid.moment(now: lunch, schedule: schedule) == nil)
    }
}
