import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct TipPercentsRoutesTests {
    private static func offered(_ site: StaffSite) throws -> [Int64] {
        try VenueRepository(database: site.database).venue().tipPercents
    }

    @Test func `a form sets them and says so, a program gets them back`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let form = try await visitor.post("/api/tip-percents", form: "percents=5%2C+10")
            #expect(form.headers[.location] == "/venue")
            #expect(try Self.offered(site) == [5, 10])
            #expect(try await visitor.get("/venue").text.contains("value=\"5, 10\""))
            let json = try await visitor.send(.post, "/api/tip-percents", json: #"{"percents": [12, 25]}"#)
            #expect(json.status == .ok)
            #expect(json.text.contains("\"tipPercents\":[12,25]"))
        }
    }

    @Test func `what can't be is said at the field, with what was typed`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let answer = try await visitor.post("/api/tip-percents", form: "percents=15%2C+lots")
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("Write whole percentages between 1 and 100"))
            #expect(answer.text.contains("value=\"15, lots\""))
            #expect(try Self.offered(site) == [15, 18, 20])
        }
    }

    @Test func `who works the floor does not decide it`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .staff) { visitor in
            let answer = try await visitor.send(.post, "/api/tip-percents", json: #"{"percents": [50]}"#)
            #expect(answer.status == .forbidden)
            #expect(try Self.offered(site) == [15, 18, 20])
        }
    }
}
