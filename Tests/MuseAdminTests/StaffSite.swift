import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MuseTestSupport
import NIOCore

@testable import MuseAdmin
@testable import MuseShared

/// The staff site as the program puts it together, on a temporary database, asked through its front door.
struct StaffSite: Sendable {
    let cafe: TemporaryDatabase
    let program: AdminProgram

    static let origin = "http://localhost:8081"
    static let password = "correct horse battery"
    private static let cheap = HashPassword(cost: PasswordCost(logN: 4, blockSize: 8, parallelism: 1))

    static func open(
        writesPerMinute: Int = 10_000, storage: StorageClient? = nil, stripe: StripeClient? = nil
    ) async throws -> StaffSite {
        let cafe = try await TemporaryDatabase.cafe()
        // The program has the real clock: what a test places beforehand must not come after it.
        cafe.clock.now = WallClock.live.now().adding(seconds: -600)
        let configuration = try await MuseConfiguration.load(
            program: .admin,
            environment: [
                "DATABASE_URL": "sqlite:\(cafe.database.location.path)", "ADMIN_URL": origin, "ADMIN_PORT": "0",
                "SERVICE_SECRET": "a service secret of tests", "RATE_LIMIT_PER_MINUTE": "\(writesPerMinute)",
            ])
        return StaffSite(
            cafe: cafe, program: try AdminProgram(configuration, hash: cheap, storage: storage, stripe: stripe))
    }

    var database: Database { cafe.database }

    func hire(_ role: StaffRole = .manager) async throws -> String {
        let email = "\(role.rawValue)@ncmuse.co"
        let add = AddStaff(database: database, hash: Self.cheap, domains: ["ncmuse.co"])
        _ = try await add(AddStaff.Request(email: email, role: role, name: role.rawValue, password: Self.password))
        return email
    }

    /// Runs the site for the length of `body`.
    func visit<Value: Sendable>(_ body: @escaping @Sendable (StaffVisit) async throws -> Value) async throws -> Value {
        defer { program.database.close() }
        let app = Application(responder: program.site.frontDoor(program.router()))
        return try await app.test(.router) { client in try await body(StaffVisit(client: client)) }
    }

    /// The same, signed in.
    func visit<Value: Sendable>(
        as role: StaffRole, _ body: @escaping @Sendable (StaffVisit) async throws -> Value
    ) async throws -> Value {
        let email = try await hire(role)
        return try await visit { visitor in
            var visitor = visitor
            try await visitor.signIn(email)
            return try await body(visitor)
        }
    }
}

/// One browser, or one program, at the staff site.
struct StaffVisit: Sendable {
    let client: any TestClientProtocol
    var cookie: String?

    init(client: any TestClientProtocol) {
        self.client = client
    }

    mutating func signIn(_ email: String, _ password: String = StaffSite.password) async throws {
        let body = #"{"email":"\#(email)","password":"\#(password)"}"#
        let answer = try await send(.post, "/api/auth/sign-in", json: body)
        cookie = Self.sessionCookie(of: answer)
    }

    static func sessionCookie(of answer: TestResponse) -> String? {
        answer.headers[values: .setCookie].first { $0.contains("session=") }?.split(separator: ";").first.map(
            String.init)
    }

    func get(_ path: String, page: Bool = false) async throws -> TestResponse {
        try await client.execute(uri: path, method: .get, headers: headers(page: page), body: nil)
    }

    func send(_ method: HTTPRequest.Method, _ path: String, json: String? = nil) async throws -> TestResponse {
        var fields = headers(page: false)
        fields[.origin] = StaffSite.origin
        if json != nil { fields[.contentType] = "application/json" }
        return try await client.execute(
            uri: path, method: method, headers: fields, body: json.map { ByteBuffer(string: $0) })
    }

    /// A form as a browser sends it.
    func post(_ path: String, form: String) async throws -> TestResponse {
        var fields = headers(page: true)
        fields[.origin] = StaffSite.origin
        fields[.contentType] = "application/x-www-form-urlencoded"
        return try await client.execute(uri: path, method: .post, headers: fields, body: ByteBuffer(string: form))
    }

    private func headers(page: Bool) -> HTTPFields {
        var fields: HTTPFields = [.accept: page ? "text/html,*/*;q=0.8" : "application/json"]
        if let cookie { fields[.cookie] = cookie }
        return fields
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    func json() throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? [String: Any] ?? [:]
    }
}
