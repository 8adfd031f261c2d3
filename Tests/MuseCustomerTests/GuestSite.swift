import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MuseTestSupport
import NIOCore

@testable import MuseCustomer
@testable import MuseShared

/// The customer site as the program puts it together, on a temporary database and a Stripe of its own.
struct GuestSite: Sendable {
    let cafe: TemporaryDatabase
    let program: CustomerProgram
    let stripe: StripeDouble

    static let origin = "http://localhost:8080"

    /// - Parameter standsStill: on the clock of the tests, which begins on a Monday at noon in New York.
    static func open(environment: [String: String] = [:], standsStill: Bool = false) async throws -> GuestSite {
        let cafe = try await TemporaryDatabase.cafe()
        let stripe = StripeDouble()
        var variables = [
            "DATABASE_URL": "sqlite:\(cafe.database.location.path)", "CUSTOMER_URL": origin,
            "SERVICE_SECRET": "a service secret of tests", "RATE_LIMIT_PER_MINUTE": "10000",
            "STRIPE_API_BASE": "https://pay.example",
        ]
        variables.merge(environment) { _, new in new }
        let configuration = try await MuseConfiguration.load(program: .customer, environment: variables)
        let clock = standsStill ? WallClock { cafe.clock.now } : .live
        let program = try CustomerProgram(configuration, stripe: stripe.client, clock: clock)
        return GuestSite(cafe: cafe, program: program, stripe: stripe)
    }

    var database: Database { cafe.database }
    var orders: OrderRepository { OrderRepository(database: database) }

    /// Asks the site without a network.
    func visit<Value: Sendable>(_ body: @escaping @Sendable (GuestVisit) async throws -> Value) async throws -> Value {
        defer { program.database.close() }
        let app = Application(responder: program.site.frontDoor(program.router()))
        return try await app.test(.router) { client in try await body(GuestVisit(client: client)) }
    }

    /// Listens on a port, which `body` gets, with the feed of changes running.
    func listen<Value: Sendable>(_ body: @escaping @Sendable (Int) async throws -> Value) async throws -> Value {
        defer { program.database.close() }
        let app = Application(
            responder: program.site.frontDoor(program.router()),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)), services: [program.counter.changes])
        return try await app.test(.live) { client in try await body(client.port ?? 0) }
    }
}

/// One browser, or one program, at the customer site. It keeps its cart as a browser does.
struct GuestVisit: Sendable {
    let client: any TestClientProtocol
    var cart: String?
    /// The order that the browser was sent to pay.
    var waiting: String?

    init(client: any TestClientProtocol) {
        self.client = client
    }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> TestResponse {
        var fields = headers
        if fields[.accept] == nil { fields[.accept] = "text/html,*/*;q=0.8" }
        fields[.cookie] = fields[.cookie] ?? cookies
        return try await client.execute(uri: path, method: .get, headers: fields, body: nil)
    }

    func api(_ path: String) async throws -> TestResponse {
        try await get(path, headers: [.accept: "application/json"])
    }

    func post(_ path: String, json: String, key: String? = nil) async throws -> TestResponse {
        var fields: HTTPFields = [
            .accept: "application/json", .origin: GuestSite.origin, .contentType: "application/json",
        ]
        fields[.idempotencyKey] = key
        return try await client.execute(uri: path, method: .post, headers: fields, body: ByteBuffer(string: json))
    }

    /// A form as a browser sends it, or as the page's script does.
    func post(_ path: String, form: String, accept: String = "text/html,*/*;q=0.8") async throws -> TestResponse {
        var fields: HTTPFields = [
            .accept: accept, .origin: GuestSite.origin, .contentType: "application/x-www-form-urlencoded",
        ]
        fields[.cookie] = cookies
        return try await client.execute(uri: path, method: .post, headers: fields, body: ByteBuffer(string: form))
    }

    /// Adds to the cart and keeps the cookie.
    mutating func add(_ form: String) async throws {
        keep(try await post("/cart/lines", form: form))
    }

    mutating func keep(_ answer: TestResponse) {
        cart = answer.cart ?? cart
        waiting = answer.cookie("waiting") ?? waiting
    }

    private var cookies: String? {
        let pairs = [("cart", cart), ("waiting", waiting)].compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : "muse-customer-\(name)=\($0)" }
        }
        return pairs.isEmpty ? nil : pairs.joined(separator: "; ")
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    func json() throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? [String: Any] ?? [:]
    }

    /// The cart that this answer puts into the browser; empty when it takes it away.
    var cart: String? { cookie("cart") }

    func cookie(_ name: String) -> String? {
        let prefix = "muse-customer-\(name)="
        let cookie = headers[values: .setCookie].first { $0.hasPrefix(prefix) }
        return cookie?.dropFirst(prefix.count).split(separator: ";", omittingEmptySubsequences: false).first.map(
            String.init)
    }
}
