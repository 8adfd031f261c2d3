import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct OpeningHoursRoutesTests {
    private static let days = ChangeOpeningHours.dayNames

    private func hours(_ visitor: StaffVisit) async throws -> [String: String] {
        try await visitor.get("/api/venue").json()["hours"] as? [String: String] ?? [:]
    }

    private func message(_ answer: TestResponse) throws -> String {
        let errors = try answer.json()["errors"] as? [[String: String]]
        return errors?.first?["message"] ?? ""
    }

    @Test func `a day that a program leaves out stays as it is`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let answer = try await visitor.send(.post, "/api/opening-hours", json: #"{"friday":"18:00-02:00"}"#)
            #expect(answer.status == .ok)
            let hours = try await hours(visitor)
            #expect(hours["friday"] == "18:00-02:00")
            for day in Self.days where day != "friday" { #expect(hours[day] == "00:00-24:00", "\(day)") }
        }
    }

    @Test func `a body without a day, or with one that is none, is refused and changes nothing`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let empty = try await visitor.send(.post, "/api/opening-hours", json: "{}")
            #expect(empty.status == .unprocessableContent)
            #expect(try message(empty).contains("at least one weekday"))
            let slip = try await visitor.send(
                .post, "/api/opening-hours", json: #"{"monday":"09:00-17:00","tuseday":"09:00-17:00"}"#)
            #expect(slip.status == .unprocessableContent)
            #expect((try slip.json()["errors"] as? [[String: String]])?.map { $0["field"] } == ["tuseday"])
            #expect(try await hours(visitor)["monday"] == "00:00-24:00")
        }
    }

    @Test func `a program that empties every day closes the place`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let body = "{" + Self.days.map { #""\#($0)":"""# }.joined(separator: ",") + "}"
            let answer = try await visitor.send(.post, "/api/opening-hours", json: body)
            #expect(answer.status == .ok)
            #expect(try answer.json()["state"] as? String == "closed")
        }
    }

    @Test func `a person who empties every day is asked once more`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let form = Self.days.map { "\($0)=" }.joined(separator: "&")
            let asked = try await visitor.post("/api/opening-hours", form: form)
            #expect(asked.status == .unprocessableContent)
            #expect(asked.text.contains("Close on every day"))
            #expect(try await hours(visitor)["monday"] == "00:00-24:00")
            let meant = try await visitor.post("/api/opening-hours", form: form + "&closedOnEveryDay=true")
            #expect(meant.status == .seeOther)
            #expect(try await hours(visitor)["monday"] == "")
            let page = try await visitor.get("/venue", page: true).text
            #expect(page.contains("no hours are set, so nobody can order"))
            #expect(!page.contains("Close on every day"))
        }
    }
}
