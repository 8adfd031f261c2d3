import Foundation
import Hummingbird
import MuseTestSupport
import Testing

@testable import MuseShared

/// Behind our own proxy every connection has the proxy's address: streams are counted by the client behind it.
struct StreamGateTests {
    private static let proxied = ["TRUSTED_PROXIES": "127.0.0.1/32", "EVENT_STREAMS_PER_ADDRESS": "3"]

    private static func with(
        _ environment: [String: String], _ body: (RunningSite) async throws -> Void
    ) async throws {
        try await RunningSite.with(
            environment: environment,
            routes: { router, _ in
                router.get("/events") { _, context in
                    try EventStream.response(context) { events in
                        try await events.send(event: "first", data: "here")
                        while !events.isFinished { try await Task.sleep(for: .milliseconds(10)) }
                    }
                }
            }, body)
    }

    /// The connection, which stays open while it is held, and the beginning of its answer.
    private func open(_ site: RunningSite, as client: String) async throws -> (RawConnection, String) {
        let connection = try site.connect()
        try connection.send("GET /events HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: \(client)\r\n\r\n")
        let begun = try await connection.read(within: 5) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            return text.contains("here") || text.contains("too-many-streams")
        }
        return (connection, String(decoding: begun, as: UTF8.self))
    }

    @Test func `one client behind our proxy has so many streams, another has its own`() async throws {
        try await Self.with(Self.proxied) { site async throws in
            var held: [RawConnection] = []
            for _ in 0..<3 {
                let (connection, answer) = try await open(site, as: "6.6.6.7")
                #expect(answer.hasPrefix("HTTP/1.1 200"))
                held.append(connection)
            }
            let (_, refused) = try await open(site, as: "6.6.6.7")
            #expect(refused.hasPrefix("HTTP/1.1 429"))
            #expect(refused.lowercased().contains("retry-after: 30"))
            #expect(try await open(site, as: "6.6.6.8").1.hasPrefix("HTTP/1.1 200"))
            // Half of an IPv6 address is one customer.
            for last in 1...3 { held.append(try await open(site, as: "2001:db8::\(last)").0) }
            #expect(try await open(site, as: "2001:db8::9").1.hasPrefix("HTTP/1.1 429"))
        }
    }

    @Test func `the control: with a larger setting the same streams are all opened`() async throws {
        try await Self.with(Self.proxied.merging(["EVENT_STREAMS_PER_ADDRESS": "4"]) { $1 }) { site async throws in
            var held: [RawConnection] = []
            for _ in 0..<4 {
                let (connection, answer) = try await open(site, as: "6.6.6.7")
                #expect(answer.hasPrefix("HTTP/1.1 200"))
                held.append(connection)
            }
        }
    }

    @Test func `a stream that is left makes room for the next one`() async throws {
        try await Self.with(Self.proxied) { site async throws in
            for _ in 0..<3 {
                var held: [RawConnection] = []
                for _ in 0..<3 { held.append(try await open(site, as: "6.6.6.7").0) }
                #expect(try await open(site, as: "6.6.6.7").1.hasPrefix("HTTP/1.1 429"))
                held = []
                var answer = ""
                let deadline = ContinuousClock.now.advanced(by: .seconds(5))
                repeat {
                    answer = try await open(site, as: "6.6.6.7").1
                } while answer.hasPrefix("HTTP/1.1 429") && ContinuousClock.now < deadline
                #expect(answer.hasPrefix("HTTP/1.1 200"))
            }
        }
    }

    @Test func `a response that is never sent gives its place back`() throws {
        let gate = StreamGate(perAddress: 1)
        let client = try #require(NetworkAddress("6.6.6.7"))
        var place: StreamGate.Place? = try gate.enter(client)
        #expect(gate.count(client) == 1)
        #expect(throws: Problem.self) { try gate.enter(client) }
        place?.leave()
        place?.leave()
        #expect(gate.count(client) == 0)
        place = try gate.enter(client)
        #expect(place != nil && gate.count(client) == 1)
        place = nil
        #expect(gate.count(client) == 0)
    }
}
