import Foundation
import HTTPTypes
import Hummingbird
import MuseTestSupport
import Testing

@testable import MuseShared

struct FrontDoorTests {
    private struct Greeting: Codable {
        let name: String
    }

    private struct Unforeseen: Error {
        let secretDetail = "table sessions"
    }

    private static let files = [
        "Templates/problem-page.mustache": "<h1>{{title}}</h1><p>{{happened}}</p><small>{{requestId}}</small>"
    ]

    private static func routes(_ router: Router<VisitorContext>, _ site: Site) {
        router.get("/menu") { _, _ in "the menu" }
        router.get("/items/{id}") { _, context in context.parameters.get("id") ?? "" }
        router.post("/items/{id}") { _, _ in "changed" }
        router.post("/greet") { request, context in
            try Response.json(try await request.input(Greeting.self, context))
        }
        router.post("/unread") { _, _ in "not read" }
        router.post("/api/webhooks/stripe") { request, context in
            "\(try await request.rawBody(context).readableBytes)"
        }
        router.get("/fails") { _, _ -> String in throw Unforeseen() }
        router.get("/busy") { _, _ -> String in throw DatabaseFailure.busy }
        router.get("/library") { _, _ -> String in throw HTTPError(.badRequest, message: "from the library") }
        router.get("/refuses") { _, _ -> String in
            throw Problem.conflict("price-changed", title: "The price changed.").with("totalMinor", 950)
        }
        router.get("/who") { _, context in "\(context.web.client) \(context.web.requestID)" }
    }

    private static func with<Value>(
        _ environment: [String: String] = [:],
        _ body: (RunningSite) async throws -> Value
    ) async throws -> Value {
        try await RunningSite.with(environment: environment, files: files, routes: routes, body)
    }

    private static let everywhere = [
        "x-request-id", "content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy",
        "cross-origin-opener-policy", "date",
    ]

    @Test func `every answer carries the security headers and a request id, refusals too`() async throws {
        try await Self.with { site async throws in
            let paths = ["/menu", "/nowhere", "/fails", "/refuses", "/a/../b", "/healthz", "/assets/none.css"]
            var ids: Set<String> = []
            for path in paths {
                let response = try await site.request("GET", path)
                for name in Self.everywhere { #expect(response[name] != nil, "\(name) of \(path)") }
                ids.insert(response["x-request-id"] ?? "")
                #expect(response["strict-transport-security"] == nil)
            }
            #expect(ids.count == paths.count)
            let policy = try #require(try await site.request("GET", "/menu")["content-security-policy"])
            #expect(policy.contains("object-src 'none'; base-uri 'none'; frame-ancestors 'none'"))
            #expect(policy.contains("form-action 'self' https://checkout.stripe.com http://127.0.0.1:8090"))
            #expect(!policy.contains("unsafe"))
        }
    }

    @Test func `bytes that are no HTTP get a problem with the same headers`() async throws {
        try await Self.with { site async throws in
            let connection = try site.connect()
            try connection.send("NONSENSE\r\n\r\n")
            let response = try #require(RawResponse(try await connection.readToEnd()))
            #expect(response.status == 400)
            for name in Self.everywhere { #expect(response[name] != nil, "\(name)") }
            #expect(response["content-type"] == "application/problem+json")
        }
    }

    @Test func `unknown places are 404, other methods are 405 with the methods there are`() async throws {
        try await Self.with { site async throws in
            #expect(try await site.request("GET", "/nowhere").status == 404)
            #expect(try await site.post("/nowhere", "{}").status == 404)
            let refused = try await site.post("/menu", "{}")
            #expect(refused.status == 405)
            #expect(refused["allow"] == "GET, HEAD")
            #expect(
                try await site.request("DELETE", "/items/7", headers: ["Origin": "http://localhost:\(site.port)"])[
                    "allow"] == "GET, HEAD, POST")
            #expect(try await site.post("/assets/css/site.css", "")["allow"] == "GET, HEAD")
            #expect(try await site.request("TRACE", "/menu").status == 405)
            #expect(try await site.request("OPTIONS", "/menu").status == 405)
        }
    }

    @Test func `HEAD answers as GET does, without the body`() async throws {
        try await Self.with { site async throws in
            let response = try await site.request("HEAD", "/menu")
            #expect(response.status == 200)
            #expect(response["content-length"] == "8")
            #expect(response.body.isEmpty)
        }
    }

    @Test func `a malformed path is a 400 that doesn't repeat it`() async throws {
        try await Self.with { site async throws in
            for path in ["/x%00y", "/secretword/../y", "/secretword%zz"] {
                let response = try await site.request("GET", path)
                #expect(response.status == 400)
                #expect(!response.text.contains("secretword"))
            }
        }
    }

    @Test func `a problem is JSON for programs and a page for people, with the same facts`() async throws {
        try await Self.with { site async throws in
            let data = try await site.request("GET", "/refuses", headers: ["Accept": "application/json"])
            let members = try data.json()
            #expect(data.status == 409)
            #expect(data["content-type"] == "application/problem+json")
            #expect(members["title"] as? String == "The price changed.")
            #expect((members["type"] as? String)?.hasSuffix("/price-changed") == true)
            #expect(members["status"] as? Int == 409)
            #expect(members["totalMinor"] as? Int == 950)
            #expect(members["requestId"] as? String == data["x-request-id"])

            let page = try await site.request("GET", "/refuses", headers: ["Accept": "text/html,*/*;q=0.8"])
            #expect(page.status == 409)
            #expect(page.text.contains("<h1>The price changed.</h1>"))
            #expect(page.text.contains(page["x-request-id"] ?? "-"))
        }
    }

    @Test func `an unforeseen error is a calm 500 without internals`() async throws {
        try await Self.with { site async throws in
            let response = try await site.request("GET", "/fails")
            #expect(response.status == 500)
            #expect(!response.text.contains("table sessions"))
            #expect(!response.text.contains("Unforeseen"))
        }
    }

    @Test func `a busy database is a 503 with Retry-After`() async throws {
        try await Self.with { site async throws in
            let response = try await site.request("GET", "/busy")
            #expect(response.status == 503)
            #expect(response["retry-after"] == "2")
        }
    }

    @Test func `what the library refuses is said in our form`() async throws {
        try await Self.with { site async throws in
            let response = try await site.request("GET", "/library")
            #expect(response.status == 400)
            #expect(response["content-type"] == "application/problem+json")
        }
    }

    @Test func `input of the wrong kind is a 415, malformed a 400, a wrong field a 422`() async throws {
        try await Self.with { site async throws in
            #expect(try await site.post("/greet", #"{"name":"Zoë"}"#).text == #"{"name":"Zoë"}"#)
            #expect(
                try await site.post("/greet", "name=Zo%C3%AB", type: "application/x-www-form-urlencoded").text
                    == #"{"name":"Zoë"}"#)
            #expect(try await site.post("/greet", "<x/>", type: "text/xml").status == 415)
            #expect(try await site.post("/greet", "{").status == 400)
            let wrong = try await site.post("/greet", #"{"name":1}"#)
            #expect(wrong.status == 422)
            #expect(wrong.text.contains(#""field":"name""#))
        }
    }

    @Test func `a body of 10,240 bytes passes, one more is a 413 and the end of the connection`() async throws {
        try await Self.with { site async throws in
            #expect(try await site.post("/unread", String(repeating: "a", count: 10_240)).status == 200)
            for path in ["/unread", "/greet"] {
                let connection = try site.connect()
                try connection.send(
                    "POST \(path) HTTP/1.1\r\nHost: localhost:\(site.port)\r\nOrigin: http://localhost:\(site.port)\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 10241\r\n\r\n"
                )
                let response = try #require(RawResponse(try await connection.readToEnd()))
                #expect(response.status == 413)
                #expect(response["connection"] == "close")
            }
        }
    }

    @Test func `a chunked body is counted as it comes, also where nobody reads it`() async throws {
        try await Self.with { site async throws in
            let connection = try site.connect()
            let chunk = "1000\r\n" + String(repeating: "a", count: 4096) + "\r\n"
            try connection.send(
                "POST /unread HTTP/1.1\r\nHost: localhost:\(site.port)\r\nOrigin: http://localhost:\(site.port)\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + chunk
            )
            let response = try #require(RawResponse(try await connection.readToEnd()))
            #expect(response.status == 413)
        }
    }

    @Test func `webhooks take larger bodies, without an origin`() async throws {
        try await Self.with { site async throws in
            let body = String(repeating: "a", count: 262_144)
            #expect(try await site.request("POST", "/api/webhooks/stripe", body: body).text == "262144")
            #expect(try await site.request("POST", "/api/webhooks/stripe", body: body + "a").status == 413)
        }
    }

    @Test func `a request that changes something must come from the site itself`() async throws {
        try await Self.with { site async throws in
            func status(_ headers: [String: String]) async throws -> Int {
                try await site.request("POST", "/items/7", headers: headers, body: "").status
            }
            #expect(try await status(["Origin": "http://localhost:\(site.port)"]) == 200)
            #expect(try await status(["Origin": "http://localhost:8080"]) == 200)
            #expect(try await status(["Sec-Fetch-Site": "same-origin"]) == 200)
            #expect(try await status(["Authorization": "Muse-Service v1.1.00"]) == 403)
            #expect(try await status([:]) == 403)
            #expect(try await status(["Origin": "null"]) == 403)
            #expect(try await status(["Origin": "https://evil.example"]) == 403)
            #expect(try await status(["Origin": "http://localhost:1"]) == 403)
            #expect(try await status(["Sec-Fetch-Site": "cross-site"]) == 403)
            #expect(try await status(["Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"]) == 403)
        }
    }

    @Test func `the strict limit holds for writes and tells when to come back`() async throws {
        try await Self.with(["RATE_LIMIT_PER_MINUTE": "3"]) { site async throws in
            for _ in 0..<3 { #expect(try await site.post("/items/7", "").status == 200) }
            let refused = try await site.post("/items/7", "")
            #expect(refused.status == 429)
            #expect((1...61).contains(Int(refused["retry-after"] ?? "") ?? 0))
            #expect(try await site.request("GET", "/menu").status == 200)
            #expect(try await site.request("POST", "/api/webhooks/stripe", body: "{}").status == 200)
        }
    }

    @Test func `forged addresses end in one bucket, proxies' word counts by client`() async throws {
        try await Self.with(["RATE_LIMIT_PER_MINUTE": "3"]) { site async throws in
            var statuses: [Int] = []
            for number in 0..<5 {
                statuses.append(
                    try await site.post("/items/7", "", headers: ["X-Forwarded-For": "1.2.3.\(number)"]).status)
            }
            #expect(statuses == [200, 200, 200, 429, 429])
        }
        try await Self.with(["RATE_LIMIT_PER_MINUTE": "1", "TRUSTED_PROXIES": "127.0.0.1/32"]) { site async throws in
            #expect(try await site.post("/items/7", "", headers: ["X-Forwarded-For": "6.6.6.6, 1.2.3.4"]).status == 200)
            #expect(try await site.post("/items/7", "", headers: ["X-Forwarded-For": "1.2.3.4"]).status == 429)
            #expect(try await site.post("/items/7", "", headers: ["X-Forwarded-For": "1.2.3.5"]).status == 200)
            let headers = ["X-Forwarded-For": "1.2.3.9", "X-Request-Id": "from-the-proxy-1"]
            #expect(try await site.request("GET", "/who", headers: headers).text == "1.2.3.9 from-the-proxy-1")
        }
    }

    @Test func `the read limit is its own`() async throws {
        try await Self.with(["READ_RATE_LIMIT_PER_MINUTE": "2"]) { site async throws in
            let statuses = try await [
                site.request("GET", "/menu"), site.request("GET", "/menu"), site.request("GET", "/menu"),
            ]
            #expect(statuses.map(\.status) == [200, 200, 429])
            #expect(try await site.request("GET", "/healthz").status == 200)
            #expect(try await site.post("/items/7", "").status == 200)
        }
    }

    @Test func `HSTS and __Host- cookies come with https`() async throws {
        try await Self.with(["CUSTOMER_URL": "https://ncmuse.co"]) { site async throws in
            let response = try await site.request("GET", "/menu")
            #expect(response["strict-transport-security"] != nil)
        }
    }

    @Test func `metrics answer this machine, or whoever has the token`() async throws {
        try await Self.with { site async throws in
            #expect(try await site.request("GET", "/metrics").status == 200)
            #expect(try await site.request("GET", "/metrics", headers: ["X-Forwarded-For": "1.2.3.4"]).status == 404)
        }
        try await Self.with(["METRICS_TOKEN": "let-me-see"]) { site async throws in
            #expect(try await site.request("GET", "/metrics").status == 401)
            #expect(
                try await site.request("GET", "/metrics", headers: ["Authorization": "Bearer let-me-sea"]).status == 401
            )
            #expect(
                try await site.request("GET", "/metrics", headers: ["Authorization": "Bearer let-me-see"]).status == 200
            )
        }
    }
}
