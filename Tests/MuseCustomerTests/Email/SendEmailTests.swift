import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MuseTestSupport
import NIOCore
import NIOFoundationEssentialsCompat
import Testing

@testable import MuseCustomer
@testable import MuseShared

/// `/api/send-email` behind the real front door.
struct SendEmailTests {
    private static let admin = "http://localhost:8081"
    private static let secret = "a service secret of tests"

    private struct Door {
        let cafe: TemporaryDatabase
        let app: Application<FrontDoor<RouterResponder<VisitorContext>>>

        static func open(writes: Int = 1_000) async throws -> Door {
            let cafe = try await TemporaryDatabase.cafe()
            let configuration = try await MuseConfiguration.load(
                program: .customer,
                environment: [
                    "DATABASE_URL": "sqlite:\(cafe.database.location.path)", "SERVICE_SECRET": secret,
                    "CUSTOMER_URL": "http://localhost:8080", "ADMIN_URL": admin, "RATE_LIMIT_PER_MINUTE": "\(writes)",
                ])
            let folders = TemplateFolders.source(of: "MuseCustomer")
            let site = try Site(configuration: configuration, folders: folders, logger: Logger(label: "test")) {
                [String: String]()
            }
            let router = site.makeRouter {}
            let clock = cafe.clock
            let action = SendEmailAction(
                allowedOrigins: configuration.corsAllowedOrigins,
                token: ServiceToken(secrets: configuration.serviceSecrets),
                queue: QueueEmail(database: cafe.database), clock: WallClock { clock.now })
            CustomerEmailRoutes(sendEmail: action).add(to: router)
            return Door(cafe: cafe, app: Application(responder: site.frontDoor(router)))
        }

        var count: Int64? {
            get throws { try cafe.database.first("SELECT COUNT(*) AS n FROM emails")?.int("n") }
        }

        func token(
            over body: String, secret: String = SendEmailTests.secret, ago seconds: Int64 = 0
        ) -> String? {
            ServiceToken(secrets: [Secret(secret)]).header(
                method: "POST", path: "/api/send-email", body: Data(body.utf8),
                now: cafe.clock.now.adding(seconds: -seconds))
        }

        func send(
            _ body: String, origin: String? = SendEmailTests.admin, token: String?,
            type: String = "application/json", method: HTTPRequest.Method = .post
        ) async throws -> TestResponse {
            var headers: HTTPFields = [.contentType: type]
            headers[.origin] = origin
            headers[.authorization] = token
            let fields = headers
            return try await app.test(.router) { client in
                try await client.execute(
                    uri: "/api/send-email", method: method, headers: fields, body: ByteBuffer(string: body))
            }
        }

        /// With a valid token over the body.
        func signed(_ body: String, type: String = "application/json") async throws -> TestResponse {
            try await send(body, token: token(over: body), type: type)
        }
    }

    private static let good = #"{"to":"ada@example.com","subject":"Your umbrella","text":"It waits."}"#

    private struct Accepted: Decodable {
        let id: String
        let status: String
    }

    private struct Refused: Decodable {
        struct Field: Decodable {
            let field: String
        }
        let errors: [Field]?
    }

    private func id(_ response: TestResponse) throws -> String {
        try JSONDecoder().decode(Accepted.self, from: Data(buffer: response.body)).id
    }

    private func fields(_ response: TestResponse) throws -> [String] {
        let refused = try JSONDecoder().decode(Refused.self, from: Data(buffer: response.body))
        return refused.errors?.map(\.field) ?? []
    }

    @Test func `a signed call from an allowed origin is queued`() async throws {
        let door = try await Door.open()
        let response = try await door.signed(Self.good)
        #expect(response.status == .accepted)
        let accepted = try JSONDecoder().decode(Accepted.self, from: Data(buffer: response.body))
        #expect(accepted.status == "queued")
        #expect(response.headers[.accessControlAllowOrigin] == Self.admin)
        #expect(response.headers[.vary] == "Origin")
        #expect(try door.count == 1)
    }

    @Test func `a preflight from an allowed origin is told exactly what it may do`() async throws {
        let door = try await Door.open()
        let response = try await door.send("", token: nil, method: .options)
        #expect(response.status == .noContent)
        #expect(response.headers[.accessControlAllowOrigin] == Self.admin)
        #expect(response.headers[.accessControlAllowMethods] == "POST")
        #expect(response.headers[.accessControlAllowHeaders] == "authorization, content-type")
        #expect(response.headers[.vary] == "Origin")
    }

    @Test(arguments: [
        "https://evil.example", "null", "http://localhost:8081.evil.example", "http://LOCALHOST:8081", nil,
    ])
    func `a foreign origin gets 403 and nothing that would let it in`(origin: String?) async throws {
        let door = try await Door.open()
        for method in [HTTPRequest.Method.options, .post] {
            let response = try await door.send(
                Self.good, origin: origin, token: door.token(over: Self.good), method: method)
            #expect(response.status == .forbidden)
            #expect(!response.headers.contains { $0.name.rawName.lowercased().hasPrefix("access-control") })
            #expect(response.headers[.vary] == "Origin")
        }
        #expect(try door.count == 0)
    }

    @Test func `the origin is judged before the token`() async throws {
        let door = try await Door.open()
        #expect(try await door.send(Self.good, origin: "https://evil.example", token: nil).status == .forbidden)
        #expect(try await door.send("{", token: nil).status == .unauthorized)
    }

    @Test func `100 calls without, with an old, a foreign or another call's token send nothing`() async throws {
        let door = try await Door.open()
        for round in 0..<20 {
            let body = Self.good.replacing("umbrella", with: "umbrella \(round)")
            let tokens = [
                nil, door.token(over: body, ago: 301), door.token(over: body, ago: -301),
                door.token(over: body, secret: "another secret"), door.token(over: Self.good),
            ]
            for token in tokens {
                let response = try await door.send(body, token: token)
                #expect(response.status == .unauthorized)
                #expect(response.headers[.vary] == "Origin")
            }
        }
        #expect(try door.count == 0)
    }

    @Test func `a captured call that is played again makes no second letter`() async throws {
        let door = try await Door.open()
        let token = door.token(over: Self.good)
        let first = try await door.send(Self.good, token: token)
        let second = try await door.send(Self.good, token: token)
        #expect(try id(first) == id(second))
        #expect(try door.count == 1)
    }

    @Test func `one key is one message, and another body under it is refused`() async throws {
        let door = try await Door.open()
        let body = #"{"to":"ada@example.com","subject":"Hi","text":"Hello","idempotencyKey":"k"}"#
        let first = try await door.signed(body)
        door.cafe.clock.advance(seconds: 5)
        let second = try await door.signed(
            #"{"idempotencyKey":"k","text":"Hello","subject":"Hi","to":"ada@example.com"}"#)
        #expect(try id(first) == id(second))
        let other = try await door.signed(body.replacing("Hello", with: "Goodbye"))
        #expect(other.status == .unprocessableContent)
        #expect(try fields(other) == ["idempotencyKey"])
        #expect(try door.count == 1)
    }

    @Test(arguments: [
        (#"{"to":"ada@example.com","subject":"Hi","text":"Hello","cc":"eve@example.com"}"#, ["cc"]),
        (#"{"to":"ada@example.com","template":"win-a-prize","data":{}}"#, ["template"]),
        (#"{"to":"ada@example.com\r\nBcc: eve@example.com","subject":"Hi","text":"Hello"}"#, ["to"]),
        (#"{"to":"ada@example.com","subject":"Hi\r\nBcc: eve@example.com","text":"Hello"}"#, ["subject"]),
        (#"{"to":["ada@example.com"],"subject":"Hi","text":"Hello"}"#, ["to"]),
        (#"{"subject":"Hi","text":"Hello"}"#, ["to"]),
        (#"{"to":"ada@example.com"}"#, ["subject"]),
        (#"{"to":"ada@example.com","subject":"Hi","text":"Hello","orderId":"unknown"}"#, ["orderId"]),
    ])
    func `a field that is unknown or wrong is refused by its name`(body: String, expected: [String]) async throws {
        let door = try await Door.open()
        let response = try await door.signed(body)
        #expect(response.status == .unprocessableContent)
        #expect(try fields(response) == expected)
        #expect(response.headers[.vary] == "Origin")
        #expect(try door.count == 0)
    }

    @Test func `what can't be read is a 400, another type a 415, and too much a 413`() async throws {
        let door = try await Door.open()
        #expect(try await door.signed("{").status == .badRequest)
        #expect(try await door.signed(#"{"to":"a@b.co","to":"c@d.co"}"#).status == .badRequest)
        #expect(
            try await door.signed("to=ada", type: "application/x-www-form-urlencoded").status == .unsupportedMediaType)
        #expect(try await door.signed(Self.good, type: "text/plain").status == .unsupportedMediaType)
        let long = #"{"to":"ada@example.com","subject":"Hi","text":"\#(String(repeating: "x", count: 10_240))"}"#
        #expect(try await door.signed(long).status == .contentTooLarge)
        #expect(try door.count == 0)
    }
}
