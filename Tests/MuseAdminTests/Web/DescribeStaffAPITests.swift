import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct DescribeStaffAPITests {
    @Test func `every route of the API has a sentence, and every sentence a route`() async throws {
        let site = try await StaffSite.open()
        let routes = Set(
            site.program.router().routes.filter { $0.path.description.hasPrefix("/api/") && $0.method != .head }
                .map { "\($0.method.rawValue) \($0.path.description)" })
        #expect(routes == Set(DescribeStaffAPI.sentences.keys))
        site.program.database.close()
    }

    @Test func `it is for those who are signed in`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .staff) { visitor in
            let document = try await visitor.get("/api/openapi.json").json()
            #expect(document["openapi"] as? String == "3.1.0")
            let paths = document["paths"] as? [String: Any]
            #expect(paths?["/api/orders/{id}/status"] != nil)
        }
    }
}
