import Hummingbird
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct DescribeCustomerAPITests {
    @Test func `every route of the API has a sentence, and every sentence a route`() async throws {
        let site = try await GuestSite.open()
        let routes = Set(
            site.program.router().routes.filter { $0.path.description.hasPrefix("/api/") && $0.method != .head }
                .map { "\($0.method.rawValue) \($0.path.description)" })
        #expect(routes == Set(DescribeCustomerAPI.sentences.keys))
        site.program.database.close()
    }

    @Test func `the document names every route and nothing else`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.api("/api/openapi.json")
            #expect(answer.headers[.contentType] == "application/json")
            let document = try answer.json()
            #expect(document["openapi"] as? String == "3.1.0")
            let paths = try #require(document["paths"] as? [String: [String: Any]])
            let told = paths.flatMap { path, operations in operations.keys.map { "\($0.uppercased()) \(path)" } }
            #expect(Set(told) == Set(DescribeCustomerAPI.sentences.keys))
            let place = try #require(paths["/api/orders"]?["post"] as? [String: Any])
            let parameters = try #require(place["parameters"] as? [[String: Any]])
            #expect(parameters.compactMap { $0["name"] as? String } == ["Idempotency-Key"])
        }
    }
}
