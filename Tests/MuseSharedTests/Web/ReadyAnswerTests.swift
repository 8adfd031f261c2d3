import Foundation
import HTTPTypes
import Hummingbird
import MuseTestSupport
import NIOCore
import Synchronization
import Testing

@testable import MuseShared

/// What is answered on the connection's own thread is the same answer as the long way round gives.
@Suite struct ReadyAnswerTests {
    private struct Broken: Error {}

    private static let body = String(repeating: "menu ", count: 4000)

    private static let ready = ReadyRoute("/ready") { headers in
        if headers[.ifNoneMatch] != nil { return ReadyAnswer(status: .notModified, headers: [.eTag: "\"a\""]) }
        return ReadyAnswer(status: .ok, headers: [.contentType: "text/plain"], body: ByteBuffer(string: body))
    }

    private static func with<Value>(
        _ environment: [String: String] = [:], ready: ReadyRoute = ready, _ body: (RunningSite) async throws -> Value
    ) async throws -> Value {
        try await RunningSite.with(
            environment: environment, ready: [ready], routes: { router, _ in router.get("/slow") { _, _ in "slow" } },
            body)
    }

    /// As every client that keeps its connection sends it.
    private static func get(_ path: String, _ more: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(more)\r\n"
    }

    private static func answer(_ connection: RawConnection, length: Int) async throws -> RawResponse {
        let bytes = try await connection.read { received in
            String(decoding: received, as: UTF8.self).components(separatedBy: "\r\n\r\n").dropFirst().joined().utf8
                .count >= length
        }
        return try #require(RawResponse(bytes))
    }

    @Test func `a ready answer has the headers and the body of the long way`() async throws {
        try await Self.with { site async throws in
            let connection = try site.connect()
            try connection.send(Self.get("/ready"))
            let short = try await Self.answer(connection, length: Self.body.utf8.count)
            // A client that closes goes the long way.
            let long = try await site.request("GET", "/ready")
            #expect(short.status == 200 && long.status == 200)
            #expect(short.text == Self.body && long.text == Self.body)
            let changing: Set = ["date", "x-request-id", "connection"]
            let names = Set((short.headers + long.headers).map(\.name)).subtracting(changing)
            #expect(names.count >= 7)
            for name in names { #expect(short[name] == long[name], "\(name)") }
            #expect(short["x-request-id"] != nil && short["x-request-id"] != long["x-request-id"])
            #expect(short["date"] != nil)
        }
    }

    @Test func `not modified has no body and leaves the connection in order`() async throws {
        try await Self.with { site async throws in
            let connection = try site.connect()
            try connection.send(Self.get("/ready", "If-None-Match: \"a\"\r\n") + Self.get("/ready"))
            let bytes = try await connection.read { String(decoding: $0, as: UTF8.self).hasSuffix("menu ") }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 304"))
            #expect(text.components(separatedBy: "HTTP/1.1 ").count == 3)
        }
    }

    @Test func `answers keep the order of requests that were sent ahead`() async throws {
        try await Self.with { site async throws in
            let connection = try site.connect()
            let paths = ["/ready", "/slow", "/ready", "/healthz", "/slow", "/ready"]
            try connection.send(paths.map { Self.get($0) }.joined())
            let expected = paths.map { $0 == "/ready" ? Self.body : $0 == "/slow" ? "slow" : "ok\n" }
            let length = expected.joined().utf8.count
            let bytes = try await connection.read { $0.count > length + 6 * 300 }
            let parts = String(decoding: bytes, as: UTF8.self).components(separatedBy: "HTTP/1.1 200 OK").dropFirst()
            let bodies = parts.map { $0.components(separatedBy: "\r\n\r\n").dropFirst().joined() }
            #expect(bodies.dropLast() == expected.dropLast()[...])
            #expect(expected.last?.hasPrefix(bodies.last ?? "-") == true)
        }
    }

    @Test func `a client over its limit is refused as everywhere`() async throws {
        try await Self.with(["READ_RATE_LIMIT_PER_MINUTE": "3"]) { site async throws in
            let connection = try site.connect()
            for _ in 0..<3 {
                try connection.send(Self.get("/ready"))
                #expect(try await Self.answer(connection, length: Self.body.utf8.count).status == 200)
            }
            try connection.send(Self.get("/ready"))
            let refused = try await Self.answer(connection, length: 20)
            #expect(refused.status == 429)
            #expect(refused["retry-after"] != nil && refused["x-request-id"] != nil)
        }
    }

    @Test func `a route that throws answers as a problem, and the connection goes on`() async throws {
        let isBroken = Mutex(true)
        let route = ReadyRoute("/ready") { _ in
            if isBroken.withLock({ $0 }) { throw Broken() }
            return ReadyAnswer(status: .ok, headers: [:], body: ByteBuffer(string: "whole"))
        }
        try await Self.with(ready: route) { site async throws in
            let connection = try site.connect()
            try connection.send(Self.get("/ready"))
            #expect(try await Self.answer(connection, length: 20).status == 500)
            isBroken.withLock { $0 = false }
            try connection.send(Self.get("/ready"))
            #expect(try await Self.answer(connection, length: 5).text == "whole")
        }
    }

    @Test func `HEAD, a query, a body and another method go the long way`() async throws {
        try await Self.with { site async throws in
            let head = try await site.request("HEAD", "/ready")
            #expect(head.status == 200 && head.text.isEmpty)
            #expect(head["content-length"] == "\(Self.body.utf8.count)")
            #expect(try await site.request("GET", "/ready?x=1").text == Self.body)
            #expect(try await site.request("GET", "/ready", body: "ignored").text == Self.body)
            #expect(try await site.request("DELETE", "/ready").status == 403)
        }
    }

    /// Were it answered on the spot, all 400 answers would wait in memory: eight megabytes for one client.
    @Test func `a client that asks without reading is held back`() async throws {
        let given = Mutex(0)
        let route = ReadyRoute("/ready") { _ in
            given.withLock { $0 += 1 }
            return ReadyAnswer(status: .ok, headers: [:], body: ByteBuffer(string: Self.body))
        }
        try await Self.with(ready: route) { site async throws in
            let connection = try site.connect(receiveBuffer: 4096)
            try connection.send(String(repeating: Self.get("/ready"), count: 400))
            let other = try site.connect()
            // The requests of another connection pass meanwhile.
            for _ in 0..<50 {
                try other.send(Self.get("/slow"))
                #expect(try await Self.answer(other, length: 4).text == "slow")
            }
            #expect(given.withLock { $0 } < 400)
        }
    }
}
