import Foundation
import Hummingbird
import MuseTestSupport
import NIOCore
import Synchronization
import Testing

@testable import MuseShared

struct SlowClientTests {
    private static func hurry(_ site: inout Site) {
        site.limits.header = .milliseconds(400)
        site.limits.body = .milliseconds(400)
        site.limits.write = .milliseconds(400)
        site.limits.idle = .milliseconds(400)
    }

    private static func routes(_ router: Router<VisitorContext>, _ site: Site) {
        router.get("/menu") { _, _ in "the menu" }
        router.post("/items") { _, _ in "ok" }
        router.get("/large") { _, _ in
            Response(
                status: .ok,
                body: .init { writer in
                    for _ in 0..<400 { try await writer.write(ByteBuffer(repeating: 65, count: 100_000)) }
                    try await writer.finish(nil)
                })
        }
        router.get("/slow-answer") { _, _ in
            try await Task.sleep(for: .milliseconds(900))
            return "at last"
        }
        router.get("/events") { _, context in
            try EventStream.response(context, heartbeat: .milliseconds(100)) { events in
                try await events.send(event: "first", data: "one\ntwo", id: "1")
                while !events.isFinished { try await Task.sleep(for: .milliseconds(20)) }
            }
        }
    }

    private static func with<Value>(
        limits: @escaping (inout Site) -> Void = hurry,
        _ body: (RunningSite) async throws -> Value
    ) async throws -> Value {
        try await RunningSite.with(prepare: limits, routes: routes, body)
    }

    @Test func `a connection that never finishes its headers is closed`() async throws {
        try await Self.with { site async throws in
            let connection = try site.connect()
            try connection.send("GET /menu HTTP/1.1\r\nHost: x\r\n")
            #expect(try await connection.readToEnd(within: 5).isEmpty)
            let silent = try site.connect()
            #expect(try await silent.readToEnd(within: 5).isEmpty)
        }
    }

    @Test func `a byte now and then doesn't lengthen the time for headers`() async throws {
        try await Self.with { site async throws in
            let connection = try site.connect()
            let started = ContinuousClock.now
            let dripping = Task {
                while !Task.isCancelled {
                    try connection.send("X")
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
            _ = try? await connection.readToEnd(within: 5)
            dripping.cancel()
            #expect(ContinuousClock.now - started < .seconds(3))
        }
    }

    @Test func `a body that doesn't come ends the connection`() async throws {
        try await Self.with { site async throws in
            let connection = try site.connect()
            try connection.send(
                "POST /items HTTP/1.1\r\nHost: localhost:\(site.port)\r\nOrigin: http://localhost:\(site.port)\r\n"
                    + "Content-Length: 10\r\n\r\nabc"
            )
            let bytes = try await connection.readToEnd(within: 5)
            #expect(RawResponse(bytes)?.status != 200)
        }
    }

    @Test func `a client that doesn't read its answer is closed`() async throws {
        try await Self.with { site async throws in
            let connection = try site.connect(receiveBuffer: 4096)
            try connection.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
            try await Task.sleep(for: .milliseconds(1500))
            let received = (try? await connection.readToEnd(within: 5))?.count ?? 0
            #expect(received < 40_000_000)
        }
    }

    @Test func `a client that reads steadily gets all of it`() async throws {
        try await Self.with { site async throws in
            let response = try await site.request("GET", "/large")
            #expect(response.body.count > 40_000_000)
        }
    }

    @Test func `an answer may take longer than any deadline of the client`() async throws {
        try await Self.with { site async throws in
            let response = try await site.request("GET", "/slow-answer")
            #expect(response.text == "at last")
        }
    }

    @Test func `an event stream outlives the deadlines and beats`() async throws {
        try await Self.with { site async throws in
            let connection = try site.connect()
            try connection.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
            let bytes = try await connection.read(within: 5) { bytes in
                String(decoding: bytes, as: UTF8.self).components(separatedBy: ": \n\n").count > 8
            }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.contains("event: first\nid: 1\ndata: one\ndata: two\n\n"))
        }
    }

    @Test func `an event stream ends when its client has gone, before the next beat`() async throws {
        let ended = Ended()
        let routes: (Router<VisitorContext>, Site) -> Void = { router, _ in
            router.get("/events") { _, context in
                try EventStream.response(context) { events in
                    defer { ended.mark() }
                    while !events.isFinished { try await Task.sleep(for: .milliseconds(20)) }
                }
            }
        }
        try await RunningSite.with(routes: routes) { site async throws in
            var connection: RawConnection? = try site.connect()
            try connection?.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await connection?.read { !$0.isEmpty }
            connection = nil
            let deadline = ContinuousClock.now + .seconds(5)
            while !ended.isMarked, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
            #expect(ended.isMarked)
        }
    }

    private final class Ended: Sendable {
        private let value = Mutex(false)
        var isMarked: Bool { value.withLock { $0 } }
        func mark() { value.withLock { $0 = true } }
    }

    @Test func `two requests on one connection are both answered`() async throws {
        try await Self.with { site async throws in
            let connection = try site.connect()
            try connection.send("GET /menu HTTP/1.1\r\nHost: x\r\n\r\nGET /menu HTTP/1.1\r\nHost: x\r\n\r\n")
            let text = String(decoding: try await connection.readToEnd(within: 5), as: UTF8.self)
            #expect(text.components(separatedBy: "the menu").count == 3)
        }
    }

    @Test func `a connection that asked once and then stays silent is closed`() async throws {
        try await Self.with { site async throws in
            let connection = try site.connect()
            try connection.send("GET /menu HTTP/1.1\r\nHost: x\r\n\r\n")
            let text = String(decoding: try await connection.readToEnd(within: 5), as: UTF8.self)
            #expect(text.hasSuffix("the menu"))
        }
    }

    @Test func `one address may hold only so many connections`() async throws {
        try await Self.with(limits: { $0.limits.perAddress = 3 }) { site async throws in
            let held = try (0..<3).map { _ in try site.connect() }
            for connection in held {
                try connection.send("GET /menu HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = try await connection.read { $0.count > 100 }
            }
            let refused = try site.connect()
            #expect(try await refused.readToEnd(within: 5).isEmpty)
            withExtendedLifetime(held) {}
        }
    }
}

struct DrainTests {
    @Test func `a drain finishes the request in progress and ends event streams`() async throws {
        let routes: (Router<VisitorContext>, Site) -> Void = { router, _ in
            router.get("/slow") { _, _ in
                try await Task.sleep(for: .milliseconds(600))
                return "finished"
            }
            router.get("/events") { _, context in
                try EventStream.response(context) { events in
                    while !events.isFinished { try await Task.sleep(for: .milliseconds(20)) }
                }
            }
        }
        try await RunningSite.with(routes: routes) { site async throws in
            let slow = try site.connect()
            let stream = try site.connect()
            try stream.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await stream.read { !$0.isEmpty }
            try slow.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            try await Task.sleep(for: .milliseconds(200))
            let started = ContinuousClock.now
            async let drained: Void = site.drain()
            let answer = String(decoding: try await slow.readToEnd(within: 8), as: UTF8.self)
            #expect(answer.hasSuffix("finished"))
            _ = try await stream.readToEnd(within: 8)
            await drained
            #expect(ContinuousClock.now - started < .seconds(8))
            #expect(site.site.state.isDraining)
        }
    }
}
