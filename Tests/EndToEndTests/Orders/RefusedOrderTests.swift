import Foundation
import Testing

extension EndToEnd {
    @Suite struct RefusedOrderTests {
        @Test func `a bad order is refused precisely and nothing is written`() async throws {
            try await RunningMuse.run { muse in
                let before = try muse.written()
                for bad in BadOrder.all {
                    let key = ["Idempotency-Key": UUID().uuidString]
                    let placed = try await muse.guest.post("/api/orders", bad.body, headers: key)
                    try Self.expect(placed, is: bad, at: "orders")
                    guard !bad.isForOrdersOnly else { continue }
                    try Self.expect(try await muse.guest.post("/api/quotes", bad.body), is: bad, at: "quotes")
                }
                #expect(try muse.written() == before)
            }
        }

        private static func expect(_ answer: WebClient.Answer, is bad: BadOrder, at place: String) throws {
            let name = "\(bad.name) at \(place)"
            #expect(answer.status == bad.status, "\(name): \(answer.text.prefix(300))")
            #expect(answer.headers["content-type"] == "application/problem+json", "\(name)")
            let problem = try answer.decode(ProblemAnswer.self)
            #expect(problem.status == answer.status && problem.requestId == answer.headers["x-request-id"], "\(name)")
            #expect(!problem.title.isEmpty, "\(name)")
            guard let field = bad.field else { return }
            let errors = problem.errors ?? []
            #expect(errors.contains { $0.field == field && !$0.message.isEmpty }, "\(name): \(answer.text.prefix(300))")
        }

        @Test func `the new total comes with the refusal of the old one`() async throws {
            struct Changed: Decodable { let totals: PlacedOrder.Totals }
            try await RunningMuse.run { muse in
                let answer = try await muse.guest.post(
                    "/api/orders", RunningMuse.order(more: #", "expectedTotalMinor": 1"#),
                    headers: ["Idempotency-Key": "k"])
                #expect(answer.status == 409)
                #expect(try answer.decode(Changed.self).totals.totalMinor == 515)
            }
        }

        @Test func `a key used again is the same order, or refused for another one`() async throws {
            try await RunningMuse.run { muse in
                let first = try await muse.place(key: "the key")
                let before = try muse.written()
                let again = try await inParallel(10, width: 10) { _ in try await muse.place(key: "the key") }
                #expect(again.allSatisfy { $0.id == first.id && $0.checkoutUrl == first.checkoutUrl })
                let other = try await muse.guest.post(
                    "/api/orders", RunningMuse.order(RunningMuse.soup), headers: ["Idempotency-Key": "the key"])
                #expect(other.status == 422)
                #expect(try other.decode(ProblemAnswer.self).type.contains("idempotency-key"))
                for key in [nil, String(repeating: "k", count: 256)] {
                    let answer = try await muse.guest.post(
                        "/api/orders", RunningMuse.order(), headers: key.map { ["Idempotency-Key": $0] } ?? [:])
                    #expect(answer.status == 400)
                }
                #expect(try muse.written() == before)
            }
        }

        @Test func `another site's page can't order`() async throws {
            try await RunningMuse.run { muse in
                for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
                    let answer = try await muse.guest.post(
                        "/api/orders", RunningMuse.order(), headers: ["Idempotency-Key": "k", "Origin": origin])
                    #expect(answer.status == 403, "\(origin)")
                }
                let media = try await muse.guest.post(
                    "/api/orders", RunningMuse.order(),
                    headers: ["Idempotency-Key": "k", "Content-Type": "text/plain"])
                #expect(media.status == 415)
                #expect(try muse.written() == Written())
            }
        }
    }
}
