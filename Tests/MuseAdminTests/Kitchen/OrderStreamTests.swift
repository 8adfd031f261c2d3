import Foundation
import HTTPTypes
import MuseTestSupport
import NIOCore
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct OrderStreamTests {
    /// The staff site on a port of its own, with a session and an open stream of orders.
    private func follow(
        _ path: String = "/api/orders/stream", pingEvery: Duration,
        _ body: (StaffSite, RawConnection, Token) async throws -> Void
    ) async throws {
        let site = try await StaffSite.open()
        let email = try await site.hire(.kitchen)
        let token = try await site.program.desk.signIn(
            SignInStaff.Request(
                email: email, password: StaffSite.password, client: .unknown, userAgent: "", replacing: nil)
        ).token
        let router = site.program.site.makeRouter {}
        AdminRoutes(
            desk: site.program.desk, sendNotification: SendNotification(database: site.database),
            gallery: GalleryRoutes(site: site.program.site), media: site.program.media, pingEvery: pingEvery
        ).add(to: router)
        let (ports, found) = AsyncStream<Int>.makeStream()
        let serving = Task { [program = site.program] in
            try await serve(program.site, router: router, background: [program.desk.changes], signals: []) {
                found.yield($0.port ?? 0)
            }
        }
        defer { serving.cancel() }
        var iterator = ports.makeAsyncIterator()
        let connection = try RawConnection(port: try #require(await iterator.next()))
        try connection.send(
            "GET \(path) HTTP/1.1\r\nHost: localhost:8081\r\nCookie: muse-admin-session=\(token.text)\r\n\r\n"
        )
        try await body(site, connection, token)
    }

    private static func has(_ text: String) -> @Sendable ([UInt8]) -> Bool {
        { String(decoding: $0, as: UTF8.self).contains(text) }
    }

    @Test func `a change of an order by another process is told at once`() async throws {
        try await follow(pingEvery: .seconds(60)) { site, connection, _ in
            _ = try await connection.read(until: Self.has("event: orders"))
            try await site.cafe.secondOpening().write { try CacheVersionRepository.bump(.orders, in: $0) }
            let news = try await connection.read(until: Self.has("event: orders"))
            #expect(String(decoding: news, as: UTF8.self).contains(#""version":2"#))
        }
    }

    @Test func `a quiet stream is heard to be alive, and ends with its session`() async throws {
        try await follow(pingEvery: .milliseconds(20)) { site, connection, token in
            _ = try await connection.read(until: Self.has("event: ping"))
            try await site.program.desk.sessions.end(token)
            _ = try await connection.read(until: Self.has("0\r\n\r\n"))
        }
    }

    @Test func `a board hears everything at first and then only what changed`() async throws {
        try await follow("/api/board/stream?station=bar", pingEvery: .seconds(60)) { site, connection, _ in
            let counter = CheckoutCounter(cafe: site.cafe)
            let empty = try await connection.read(until: Self.has("event: board"))
            #expect(String(decoding: empty, as: UTF8.self).contains(#""cards":{}"#))
            let first = try await counter.fullOrder().order.id
            _ = try await connection.read(until: Self.has(#"id=\"order-\#(first)"#))
            // What nobody paid for moves the version, but no card, whatever becomes of it.
            let unpaid = try await counter.fullOrder(isPaid: false).order.id
            let expired = try await counter.fullOrder(isPaid: false).order.id
            try await site.database.write { try SettlementRepository(ids: .live).expireOrder(expired, in: $0) }
            let second = try await counter.fullOrder().order.id
            let news = String(
                decoding: try await connection.read(until: Self.has(#"id=\"order-\#(second)"#)), as: UTF8.self)
            for id in [unpaid, expired] { #expect(!news.contains(id)) }
            #expect(!news.contains(#"id=\"order-\#(first)"#), "an unchanged card was sent again")
            // What was paid and is cancelled goes from its column and is in no later one.
            let refused = Set(["preparing", "ready", "completed"].compactMap(OrderStatus.init(rawValue:)))
            for status in refused {
                await #expect(throws: MoveOrder.Refusal.self) {
                    _ = try await MoveOrder(database: counter.database)(
                        .init(orderID: unpaid, to: status, staffID: CafeFixture.barista))
                }
            }
            _ = try await counter.move(second, to: .cancelled)
            let third = try await counter.fullOrder().order.id
            let last = String(
                decoding: try await connection.read(until: Self.has(#"id=\"order-\#(third)"#)), as: UTF8.self)
            let columns = last.components(separatedBy: "event: board").last ?? ""
            #expect(columns.contains(first) && columns.contains(third))
            for id in [unpaid, expired, second] { #expect(!columns.contains(id)) }
        }
    }
}
