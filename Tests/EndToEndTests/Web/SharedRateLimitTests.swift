import Testing

extension EndToEnd {
    @Suite struct SharedRateLimitTests {
        private static func options(_ more: [String: String] = [:]) -> RunningMuse.Options {
            RunningMuse.Options(
                hasSandbox: false, settings: ["RATE_LIMIT_PER_MINUTE": "20"].merging(more) { $1 })
        }

        @Test func `two processes together let 20 through`() async throws {
            try await RunningMuse.run(Self.options()) { muse in
                let second = try await muse.startSecondCustomer()
                let first = muse.guest
                let statuses = try await inParallel(60, width: 8) { number in
                    try await Self.write(number.isMultiple(of: 2) ? first : second).status
                }
                #expect(statuses.count { $0 == 400 } == 20)
                #expect(statuses.count { $0 == 429 } == 40)
                let refused = try await Self.write(second)
                #expect((1...60).contains(Int(refused.headers["retry-after"] ?? "") ?? 0))
                #expect(try refused.decode(ProblemAnswer.self).status == 429)
            }
        }

        @Test func `1,000 forged addresses are one client`() async throws {
            try await RunningMuse.run(Self.options()) { muse in
                let passed = try await Self.let1000Through(muse)
                #expect(passed == 20)
            }
        }

        @Test func `behind a proxy that is trusted each address is a client, so the test above can tell`() async throws
        {
            try await RunningMuse.run(Self.options(["TRUSTED_PROXIES": "127.0.0.0/8"])) { muse in
                let passed = try await Self.let1000Through(muse)
                #expect(passed == 1000)
            }
        }

        /// An order without a key: it counts, and is refused with 400 before it costs anything.
        private static func write(_ client: WebClient, headers: [String: String] = [:]) async throws -> WebClient.Answer
        {
            try await client.post("/api/orders", RunningMuse.order(), headers: headers)
        }

        private static func let1000Through(_ muse: RunningMuse) async throws -> Int {
            let statuses = try await inParallel(1000, width: 8) { number in
                let address = "203.0.\(number / 250).\(number % 250 + 1)"
                return try await Self.write(muse.guest, headers: ["X-Forwarded-For": address]).status
            }
            return statuses.count { $0 != 429 }
        }
    }
}
