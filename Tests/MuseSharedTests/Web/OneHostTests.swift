import Hummingbird
import MuseTestSupport
import Testing

@testable import MuseShared

/// RFC 9112, 3.2: what a request is for must not depend on who reads it.
struct OneHostTests {
    private func status(_ site: RunningSite, _ head: String) async throws -> Int? {
        let connection = try site.connect()
        try connection.send("\(head)Connection: close\r\n\r\n")
        return RawResponse(try await connection.readToEnd())?.status
    }

    @Test func `a request names one Host, and only a probe may leave it out`() async throws {
        let routes: (Router<VisitorContext>, Site) -> Void = { router, _ in router.get("/menu") { _, _ in "menu" } }
        let ready = ReadyRoute("/ready-menu") { _ in ReadyAnswer(status: .ok, headers: [:]) }
        try await RunningSite.with(ready: [ready], routes: routes) { site async throws in
            for path in ["/menu", "/ready-menu"] {
                #expect(try await status(site, "GET \(path) HTTP/1.1\r\nHost: a\r\n") == 200)
                #expect(try await status(site, "GET \(path) HTTP/1.1\r\n") == 400)
                #expect(try await status(site, "GET \(path) HTTP/1.1\r\nHost: a\r\nHost: b\r\n") == 400)
                #expect(try await status(site, "GET \(path) HTTP/1.1\r\nHost: a\r\nX-A: b\r\nhost: a\r\n") == 400)
            }
            #expect(try await status(site, "GET /healthz HTTP/1.1\r\n") == 200)
        }
    }
}
