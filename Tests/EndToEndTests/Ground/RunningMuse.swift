import Foundation
import MuseTestSupport

@testable import MuseShared

/// Both services and the sandbox on one temporary database file, as a café would run them.
final class RunningMuse: Sendable {
    struct Options: Sendable {
        var hasSandbox = true
        var hasAdmin = false
        /// Variables for both services, over those of the fixture.
        var settings: [String: String] = [:]
    }

    let folder: URL
    /// Our own look at the rows: a third process beside the services.
    let database: Database
    let settings: [String: String]
    let sandbox: WebClient
    let customerPort: Int
    private let programs: Programs

    var guest: WebClient { WebClient(base: "http://127.0.0.1:\(customerPort)") }

    /// Starts what is asked for, runs the body, and ends everything by its process id.
    static func run(_ options: Options = Options(), _ body: (RunningMuse) async throws -> Void) async throws {
        let muse = try await RunningMuse(options)
        do {
            try await muse.startCustomer()
            try await body(muse)
        } catch {
            print(await muse.programs.lastWords())
            try? await muse.end()
            throw error
        }
        try await muse.end()
    }

    private init(_ options: Options) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "muse-e2e-\(IDSource.live.next())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "muse.db").path
        database = try Database(DatabaseLocation(path: path))
        _ = try await SchemaRepository(database: database).migrate()
        try await CafeFixture.insert(into: database)
        customerPort = try freePort()
        programs = Programs()
        var settings = Self.settings(customerPort: customerPort, adminPort: try freePort(), path: path)
        var sandboxURL = "http://127.0.0.1:1"
        if options.hasSandbox {
            let child = try ChildProgram(
                "MuseSandbox",
                ["--port", "0", "--quiet", "--webhook-url", "http://127.0.0.1:\(customerPort)/api/webhooks/stripe"],
                settings: [:], folder: folder)
            await programs.keep(child, as: "sandbox")
            sandboxURL = try await child.address()
        }
        sandbox = WebClient(base: sandboxURL)
        settings["STRIPE_API_BASE"] = sandboxURL
        settings["SES_ENDPOINT"] = sandboxURL
        self.settings = settings.merging(options.settings) { $1 }
    }

    /// Both services are told the same, or the one would not know the other's origin.
    private static func settings(customerPort: Int, adminPort: Int, path: String) -> [String: String] {
        [
            "MUSE_ENV": "development", "DATABASE_URL": "sqlite:\(path)", "CUSTOMER_HOST": "127.0.0.1",
            "CUSTOMER_PORT": "\(customerPort)", "CUSTOMER_URL": "http://127.0.0.1:\(customerPort)",
            "ADMIN_HOST": "127.0.0.1", "ADMIN_PORT": "\(adminPort)", "ADMIN_URL": "http://127.0.0.1:\(adminPort)",
            "SERVICE_SECRET": "a secret of the end-to-end tests that is long enough",
            "RATE_LIMIT_PER_MINUTE": "10000000", "READ_RATE_LIMIT_PER_MINUTE": "100000000",
        ]
    }

    func startCustomer() async throws {
        let child = try ChildProgram("MuseCustomer", [], settings: settings, folder: folder)
        await programs.keep(child, as: "customer")
        _ = try await child.address()
    }

    /// One more customer service on the same database, at a port of its own.
    func startSecondCustomer() async throws -> WebClient {
        let child = try ChildProgram("MuseCustomer", ["--port", "0"], settings: settings, folder: folder)
        await programs.keep(child, as: "second customer")
        return WebClient(base: try await child.address())
    }

    /// Starts the staff site and signs a manager in.
    func startAdmin() async throws -> WebClient {
        try await addManager("mo@ncmuse.co")
        return try await signIn("mo@ncmuse.co", at: try await restartAdmin())
    }

    /// Starts the staff site again at its port: who was signed in still is.
    @discardableResult
    func restartAdmin() async throws -> WebClient {
        let child = try ChildProgram("MuseAdmin", ["serve"], settings: settings, folder: folder)
        await programs.keep(child, as: "admin")
        return WebClient(base: try await child.address())
    }

    func addManager(_ email: String) async throws {
        let added = try await EndToEndTests.run(
            "MuseAdmin", ["staff", "add", "--email", email, "--role", "manager", "--name", "Mo"],
            settings: settings, in: folder, input: Data("\(Self.passphrase)\n".utf8))
        guard added.code == 0 else { throw NeverHappened(description: "staff add: \(added.errors)") }
    }

    private static let passphrase = "a long enough passphrase for Mo"

    func signIn(_ email: String, at site: WebClient) async throws -> WebClient {
        var client = site
        let answer = try await client.post(
            "/api/auth/sign-in", #"{"email": "\#(email)", "password": "\#(Self.passphrase)"}"#)
        guard answer.status == 200, let cookie = answer.headers["set-cookie"]?.split(separator: ";").first else {
            throw NeverHappened(description: "sign-in: \(answer.status) \(answer.text)")
        }
        client.cookie = String(cookie)
        return client
    }

    /// One more staff site on the same database, for who is signed in at the first.
    func startSecondAdmin(as client: WebClient) async throws -> WebClient {
        let port = try freePort()
        let own = ["ADMIN_PORT": "\(port)", "ADMIN_URL": "http://127.0.0.1:\(port)"]
        let child = try ChildProgram("MuseAdmin", ["serve"], settings: settings.merging(own) { $1 }, folder: folder)
        await programs.keep(child, as: "second admin")
        var second = WebClient(base: try await child.address())
        second.cookie = client.cookie
        return second
    }

    func program(_ role: String) async throws -> ChildProgram {
        guard let child = await programs.found(role) else { throw NeverHappened(description: "no \(role) is running") }
        return child
    }

    private func end() async throws {
        database.close()
        try await programs.stopAll()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The processes of one fixture, by what they are.
    private actor Programs {
        private var running: [String: ChildProgram] = [:]

        func keep(_ child: ChildProgram, as role: String) { running[role] = child }
        func found(_ role: String) -> ChildProgram? { running[role] }

        /// The end of every log, for whoever has to find out why a test failed.
        func lastWords() -> String {
            running.map { role, child in
                (["\(role):"] + child.complained.split(separator: "\n").suffix(12).map(String.init)).joined(
                    separator: "\n  ")
            }.joined(separator: "\n")
        }

        func stopAll() async throws {
            for child in running.values { child.signal(SIGTERM) }
            for child in running.values { _ = try await child.exitCode() }
            running = [:]
        }
    }
}
