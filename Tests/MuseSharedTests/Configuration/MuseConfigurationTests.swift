import Foundation
import Testing

@testable import MuseShared

struct MuseConfigurationTests {
    private static let secret = "0123456789abcdef0123456789abcdef"

    private static let production = [
        "MUSE_ENV": "production", "DATABASE_URL": "sqlite:/srv/muse.db", "SERVICE_SECRET": secret,
        "CUSTOMER_URL": "https://ncmuse.co", "ADMIN_URL": "https://staff.ncmuse.co",
        "STRIPE_SECRET_KEY": "sk_live_x", "STRIPE_WEBHOOK_SECRET": "whsec_a,whsec_b",
        "STRIPE_PUBLISHABLE_KEY": "pk_live_x",
        "AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "s", "AWS_REGION": "eu-west-1",
        "EMAIL_FROM": "a@ncmuse.co",
        "GOOGLE_CLIENT_ID": "g", "GOOGLE_CLIENT_SECRET": "g", "FACEBOOK_APP_ID": "f", "FACEBOOK_APP_SECRET": "f",
    ]

    private func complaints(_ changes: [String: String?]) async -> [String] {
        var variables = Self.production
        for (name, value) in changes { variables[name] = value }
        do {
            _ = try await MuseConfiguration.load(program: .customer, environment: variables)
            return []
        } catch {
            return error.complaints.map(\.variable)
        }
    }

    @Test func `development needs nothing and talks to the sandbox`() async throws {
        let configuration = try await MuseConfiguration.load(
            program: .admin, environment: ["SERVICE_SECRET": Self.secret])
        #expect(configuration.stripe.apiBase.description == "http://127.0.0.1:8090")
        #expect(configuration.stripe.secretKey == Secret("sk_test_muse_sandbox"))
        #expect(configuration.email.endpoint.description == "http://127.0.0.1:8090")
        #expect(configuration.listener.port == 8081)
        #expect(configuration.corsAllowedOrigins.map(\.description).contains("https://localhost:5173"))
        #expect(configuration.writeLimitPerMinute == 20)
        #expect(configuration.holdMinutes == 15)
        #expect(configuration.storage == nil)
    }

    @Test func `a complete production environment is accepted`() async throws {
        let configuration = try await MuseConfiguration.load(program: .customer, environment: Self.production)
        #expect(configuration.stripe.apiBase.description == "https://api.stripe.com")
        #expect(configuration.stripe.webhookSecrets.count == 2)
        #expect(configuration.email.endpoint.description == "https://email.eu-west-1.amazonaws.com")
        #expect(
            configuration.corsAllowedOrigins.map(\.description) == ["https://ncmuse.co", "https://staff.ncmuse.co"])
    }

    @Test func `production refuses what is meant for development`() async {
        #expect(await complaints(["STRIPE_SECRET_KEY": "sk_test_x"]) == ["STRIPE_SECRET_KEY"])
        #expect(await complaints(["STRIPE_PUBLISHABLE_KEY": "pk_test_x"]) == ["STRIPE_PUBLISHABLE_KEY"])
        #expect(await complaints(["CORS_ALLOWED_ORIGINS": "*"]) == ["CORS_ALLOWED_ORIGINS"])
        #expect(await complaints(["CUSTOMER_URL": "http://ncmuse.co"]) == ["CUSTOMER_URL"])
        #expect(await complaints(["SERVICE_SECRET": nil]) == ["SERVICE_SECRET"])
        #expect(await complaints(["SERVICE_SECRET": "short"]) == ["SERVICE_SECRET"])
    }

    @Test(arguments: ["development", "preview"])
    func `a live key is refused outside production`(environment: String) async {
        let variables = [
            "MUSE_ENV": environment, "SERVICE_SECRET": Self.secret, "STRIPE_SECRET_KEY": "sk_live_x",
        ]
        await #expect(throws: ConfigurationError.self) {
            try await MuseConfiguration.load(program: .customer, environment: variables)
        }
    }

    @Test func `all errors are told at once, with names and without values`() async {
        var variables = Self.production
        variables["STRIPE_SECRET_KEY"] = nil
        variables["ADMIN_PORT"] = "lots-of-it"
        variables["TRUSTED_PROXIES"] = "10.0.0.0/8, not-a-range"
        variables["R2_BUCKET"] = "media"
        do {
            _ = try await MuseConfiguration.load(program: .customer, environment: variables)
            Issue.record("a wrong configuration was accepted")
        } catch {
            let names = Set(error.complaints.map(\.variable))
            #expect(names.isSuperset(of: ["STRIPE_SECRET_KEY", "ADMIN_PORT", "TRUSTED_PROXIES", "R2_ENDPOINT"]))
            #expect(!error.description.contains("lots-of-it"))
            #expect(!error.description.contains("not-a-range"))
            #expect(!error.description.contains("\n"))
        }
    }

    @Test(arguments: [
        ("https://abc.r2.example", "https://abc.r2.example"),
        ("http://127.0.0.1:8090/storage/", "http://127.0.0.1:8090/storage"),
        ("https://cdn.example/a/b", "https://cdn.example/a/b"), ("https://cdn.example/a/../b", nil),
        ("https://cdn.example/a?b=c", nil), ("https://cdn.example/a b", nil), ("https://u:p@cdn.example", nil),
        ("cdn.example", nil), ("ftp://cdn.example", nil), ("https://cdn.example/\"onload=", nil),
    ])
    func `a storage is at an origin, with a plain path or none`(_ text: String, _ expected: String?) {
        #expect(StorageAddress(text)?.description == expected)
    }

    @Test(arguments: [
        ("sqlite:.muse/muse.db", ".muse/media"), ("sqlite:/var/lib/muse/muse.db", "/var/lib/muse/media"),
        ("sqlite:muse.db", "media"), ("sqlite::memory:", ".muse/media"), ("postgres://db/muse", ".muse/media"),
    ])
    func `media lies beside the database that both services share`(_ url: String, _ path: String) async throws {
        var configuration = try await MuseConfiguration.load(
            program: .admin, environment: ["SERVICE_SECRET": Self.secret])
        configuration.databaseURL = url
        #expect(configuration.mediaPath == path)
    }

    @Test func `the environment wins over the file, and quotes of the file are dropped`() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("muse-\(UUID().uuidString).conf")
        defer { try? FileManager.default.removeItem(at: file) }
        let text = "# settings\nSERVICE_SECRET=\"\(Self.secret)\"\nHOLD_MINUTES=20\nCUSTOMER_PORT=9000\n"
        try text.write(to: file, atomically: true, encoding: .utf8)
        let configuration = try await MuseConfiguration.load(
            program: .customer,
            environment: ["MUSE_CONFIG": file.path, "CUSTOMER_PORT": "9001"]
        )
        #expect(configuration.holdMinutes == 20)
        #expect(configuration.customer.port == 9001)
        #expect(configuration.serviceSecrets == [Secret(Self.secret)])
    }

    @Test func `a file that is not there is named`() async {
        await #expect(throws: ConfigurationError.self) {
            try await MuseConfiguration.load(program: .customer, environment: ["MUSE_CONFIG": "/nowhere/muse.conf"])
        }
    }
}
