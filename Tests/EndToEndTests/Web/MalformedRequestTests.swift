import Foundation
import MuseTestSupport
import Testing

extension EndToEnd {
    @Suite struct MalformedRequestTests {
        private static let guestPaths = [
            "/", "/menu", "/menu/flat-white", "/cart", "/cart/lines", "/checkout", "/orders", "/orders/abc?token=x",
            "/api/menu", "/api/orders", "/api/quotes", "/api/orders/abc", "/api/orders/abc/stream",
            "/api/webhooks/stripe",
            "/api/send-email", "/assets/x.css", "/healthz", "/readyz", "/metrics", "/gallery",
        ]
        private static let staffPaths = [
            "/", "/sign-in", "/board", "/orders", "/orders/abc", "/menu", "/menu/items/flat-white", "/api/me",
            "/api/menu",
            "/api/orders?status=paid&day=2026-11-23&q=a&cursor=b", "/api/orders/abc", "/api/orders/abc/status",
            "/api/menu/items/flat-white", "/api/menu/items/flat-white/sold-out", "/api/notifications",
            "/api/orders/stream",
            "/api/cache-versions", "/api/auth/sign-in", "/assets/x.js", "/healthz", "/readyz", "/metrics",
        ]
        private static let staffBodies = [
            #"{"priceMinor": 450, "name": "Flat white", "available": true, "publish": true}"#,
            #"{"to": 7, "subject": "Hello", "text": "There"}"#, #"{"status": "ready"}"#,
            #"{"until": "2026-11-24T08:00:00Z"}"#,
            #"{"email": 1, "password": []}"#,
        ]

        @Test func `10,000 malformed requests to the customer service make no error of ours`() async throws {
            try await RunningMuse.run { muse in
                try await Self.bombard(
                    try await muse.program("customer"), muse.guest,
                    paths: Self.guestPaths, bodies: [RunningMuse.order(), SignedEvent.body("evt", "x", session: "cs")])
            }
        }

        @Test func `10,000 malformed requests to the staff site make no error of ours`() async throws {
            try await RunningMuse.run { muse in
                let admin = try await muse.startAdmin()
                try await Self.bombard(
                    try await muse.program("admin"), admin, paths: Self.staffPaths, bodies: Self.staffBodies)
            }
        }

        private static func bombard(
            _ program: ChildProgram, _ client: WebClient, paths: [String], bodies: [String]
        ) async throws {
            let port = try #require(URL(string: client.base)?.port)
            let seed = UInt64.random(in: 0...UInt64.max)
            print("malformed requests to \(program.name): seed \(seed)")
            let cookie = client.cookie
            @Sendable func requests(_ number: UInt64) -> MalformedRequests {
                MalformedRequests(
                    port: port, paths: paths, bodies: bodies, cookie: cookie,
                    generator: SeededGenerator(seed: seed &+ number))
            }
            // The first thousand bring caches and buffers to their size.
            var tally = try await round(125, lanes: 8, requests)
            let before = try memory(of: program.pid)
            tally.add(try await round(1125, lanes: 8) { requests($0 &+ 100) })
            let after = try memory(of: program.pid)
            print("\(program.name): \(tally.summary); memory \(before >> 20) MB, then \(after >> 20) MB")
            #expect(tally.requests == 10_000)
            #expect(tally.failures.isEmpty, "\(tally.failures.prefix(5))")
            #expect(tally.answers["4"] ?? 0 > 3000)
            #expect(after - before < 50 << 20)
            #expect(program.isRunning)
            #expect(try await client.get("/healthz").status == 200)
            #expect(try await client.get("/readyz").status == 200)
        }

        private static func round(
            _ count: Int, lanes: Int, _ requests: @escaping @Sendable (UInt64) -> MalformedRequests
        ) async throws -> Tally {
            let tallies = try await inParallel(lanes) { lane in
                try await onThread {
                    var source = requests(UInt64(lane))
                    var tally = Tally()
                    for _ in 0..<count { tally.note(try send(source.next(), to: source.port)) }
                    return tally
                }
            }
            return tallies.reduce(into: Tally()) { $0.add($1) }
        }

        private static func send(_ draft: MalformedRequests.Draft, to port: Int) throws -> (
            String, MalformedRequests.Draft
        ) {
            let connection = try RawConnection(port: port, patience: 20)
            connection.send(draft.bytes)
            if !draft.isWhole { connection.finish() }
            return (connection.answer(), draft)
        }

        /// Resident bytes, from the kernel.
        private static func memory(of pid: Int32) throws -> Int {
            let facts = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
            let line = facts.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            return try #require(line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }) * 1024
        }

        /// What came back, by the first digit of the status; nothing is a fair answer to what is no request.
        struct Tally: Sendable {
            var requests = 0
            var answers: [String: Int] = [:]
            var failures: [String] = []

            var summary: String {
                answers.sorted { $0.key < $1.key }.map { "\($0.key)xx \($0.value)" }.joined(separator: ", ")
            }

            mutating func note(_ result: (answer: String, draft: MalformedRequests.Draft)) {
                requests += 1
                let status = result.answer.split(separator: " ").dropFirst().first.map(String.init) ?? "none"
                answers[String(status.prefix(status == "none" ? 4 : 1)), default: 0] += 1
                guard status.hasPrefix("5") else { return }
                failures.append(
                    "\(status) to \(result.draft.kind): \(String(decoding: result.draft.bytes.prefix(600), as: UTF8.self))"
                )
            }

            mutating func add(_ other: Tally) {
                requests += other.requests
                answers.merge(other.answers) { $0 + $1 }
                failures += other.failures
            }
        }
    }
}
