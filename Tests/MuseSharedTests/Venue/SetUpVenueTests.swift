import MuseTestSupport
import Testing

@testable import MuseShared

struct SetUpVenueTests {
    private static var request: SetUpVenue.Request {
        var request = SetUpVenue.Request(name: "Muse & Co", currency: "usd", timeZone: "America/New_York")
        request.city = "Charlotte"
        request.email = "hello@NCMUSE.co"
        request.taxes = ["Sales tax=7.25", "Prepared food=7.25/8.25", "Bread=0"]
        request.hours = ["daily=07:00-22:00", "friday=18:00-02:00", "Sunday="]
        return request
    }

    private func empty() async throws -> TemporaryDatabase {
        let empty = try TemporaryDatabase()
        _ = try await SchemaRepository(database: empty.database).migrate()
        return empty
    }

    private func refusal(_ change: (inout SetUpVenue.Request) -> Void) async throws -> SetUpVenue.Refusal? {
        let place = try await empty()
        var request = Self.request
        change(&request)
        do {
            _ = try await SetUpVenue(database: place.database)(request)
            return nil
        } catch let refusal as SetUpVenue.Refusal {
            #expect(throws: VenueMissing.self) { try VenueRepository(database: place.database).venue() }
            #expect(try place.database.first("SELECT COUNT(*) AS n FROM tax_classes")?.int("n") == 0)
            return refusal
        }
    }

    @Test func `an empty database gets its venue with taxes and hours`() async throws {
        let place = try await empty()
        #expect(try await SetUpVenue(database: place.database)(Self.request))
        let venue = try VenueRepository(database: place.database).venue()
        #expect(venue.name == "Muse & Co" && venue.currency.code == "USD" && venue.email == "hello@ncmuse.co")
        #expect(venue.schedule.usualHours(on: 1) == [OpeningHours(weekday: 1, opens: 420, closes: 1320)])
        #expect(venue.schedule.usualHours(on: 5) == [OpeningHours(weekday: 5, opens: 1080, closes: 1560)])
        #expect(venue.schedule.usualHours(on: 7).isEmpty)
        let rates = try place.database.read {
            try $0.rows("SELECT * FROM tax_rates ORDER BY tax_class_id, fulfilment").map {
                "\(try $0.text("tax_class_id")) \(try $0.text("fulfilment")) \(try $0.int("rate_millionths"))"
            }
        }
        #expect(
            rates == [
                "bread dineIn 0", "bread pickup 0", "prepared-food dineIn 82500", "prepared-food pickup 72500",
                "sales-tax dineIn 72500", "sales-tax pickup 72500",
            ])
    }

    @Test func `a venue that is there stays as it is`() async throws {
        let place = try await empty()
        #expect(try await SetUpVenue(database: place.database)(Self.request))
        var other = SetUpVenue.Request(name: "Other", currency: "EUR", timeZone: "Europe/Berlin")
        other.taxes = ["VAT=19"]
        #expect(try await !SetUpVenue(database: place.database)(other))
        #expect(try VenueRepository(database: place.database).venue().name == "Muse & Co")
        #expect(try place.database.first("SELECT COUNT(*) AS n FROM tax_classes")?.int("n") == 3)
    }

    @Test func `without hours it is closed, and without taxes items can be made all the same`() async throws {
        let place = try await empty()
        let plain = SetUpVenue.Request(name: "Muse", currency: "JPY", timeZone: "Asia/Tokyo")
        #expect(try await SetUpVenue(database: place.database)(plain))
        let venue = try VenueRepository(database: place.database).venue()
        #expect(OrderingGate(venue).state(at: place.clock.now) == .closed(opens: nil))
        #expect(OpenState(venue.schedule, at: place.clock.now).sentence == "Hours on request")
        #expect(try place.database.first("SELECT id FROM tax_classes")?.text("id") == "no-tax")
    }

    @Test func `prices that contain the tax are said to`() async throws {
        var request = Self.request
        request.includesTax = true
        let classes = try SetUpVenue.taxClasses(request)
        #expect(classes.allSatisfy { $0.rates.values.allSatisfy(\.isInclusive) })
    }

    @Test func `what can't be understood is refused, and nothing is written`() async throws {
        #expect(try await refusal { _ in } == nil)
        #expect(try await refusal { $0.name = "  " } == .name)
        #expect(try await refusal { $0.currency = "QQQ" } == .currency("QQQ"))
        #expect(try await refusal { $0.timeZone = "Charlotte" } == .timeZone("Charlotte"))
        #expect(try await refusal { $0.timeZone = "America/Charlotte" } == .timeZone("America/Charlotte"))
        #expect(try await refusal { $0.email = "nobody" } == .email("nobody"))
        #expect(try await refusal { $0.street = String(repeating: "a", count: 121) } == .text("street"))
        for tax in ["Sales tax", "=7", "A=7/8/9", "A=101", "A=-1", "A=x", "A=7=8"] {
            #expect(try await refusal { $0.taxes = [tax] } == .tax(tax))
        }
        #expect(try await refusal { $0.taxes = ["A b=1", "a-B=2"] } == .tax("a-B=2"))
        for hours in ["7-9", "weekdays=7-9", "monday=9", "monday=7-9=8"] {
            #expect(try await refusal { $0.hours = [hours] } == .hours(hours))
        }
    }
}
