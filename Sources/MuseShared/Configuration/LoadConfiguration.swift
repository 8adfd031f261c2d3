import Configuration
import Foundation
import SystemPackage

extension MuseConfiguration {
    /// Reads the environment, and under it the file named by `MUSE_CONFIG` (`NAME=value` lines, as systemd reads them).
    ///
    /// The environment wins over the file. In development it writes `.muse/service-secret` once if no secret is set.
    /// - Throws: every complaint at once.
    public static func load(
        program: Program,
        environment variables: [String: String] = ProcessInfo.processInfo.environment
    ) async throws(ConfigurationError) -> MuseConfiguration {
        let source = try await source(of: variables)
        let first = VariableReader(source)
        guard let environment = Environment(rawValue: first.optional("MUSE_ENV") ?? "development") else {
            throw ConfigurationError(complaints: [
                .init(variable: "MUSE_ENV", sentence: "must be development, preview or production")
            ])
        }
        let reader = VariableReader(source, environment: environment)
        let configuration = read(reader, program: program)
        guard reader.complaints.isEmpty else { throw ConfigurationError(complaints: reader.complaints) }
        return configuration
    }

    private static func source(of variables: [String: String]) async throws(ConfigurationError) -> ConfigReader {
        var providers: [any ConfigProvider] = [EnvironmentVariablesProvider(environmentVariables: variables)]
        if let file = variables["MUSE_CONFIG"], !file.isEmpty {
            do {
                try await providers.append(EnvironmentVariablesProvider(environmentFilePath: FilePath(file)))
            } catch {
                throw ConfigurationError(complaints: [
                    .init(variable: "MUSE_CONFIG", sentence: "names a file that can't be read")
                ])
            }
        }
        return ConfigReader(providers: providers)
    }

    private static func read(_ reader: VariableReader, program: Program) -> MuseConfiguration {
        let customer = listener("CUSTOMER", port: 8080, reader)
        let admin = listener("ADMIN", port: 8081, reader)
        return MuseConfiguration(
            program: program,
            environment: reader.environment,
            databaseURL: databaseURL(reader),
            durability: durability(reader),
            usesGroupCommit: reader.optional("MUSE_GROUP_COMMIT") != "off",
            customer: customer,
            admin: admin,
            customerInternalURL: internalURL(reader, customer: customer.url),
            corsAllowedOrigins: allowedOrigins(reader, own: [customer.url, admin.url]),
            serviceSecrets: serviceSecrets(reader),
            stripe: stripe(reader),
            email: email(reader),
            storage: storage(reader),
            google: google(reader),
            facebook: facebook(reader),
            staffEmailDomains: (reader.list("STAFF_EMAIL_DOMAINS") ?? ["ncmuse.co"]).map { $0.lowercased() },
            writeLimitPerMinute: reader.integer("RATE_LIMIT_PER_MINUTE", default: 20, in: 1...10_000_000),
            readLimitPerMinute: reader.integer("READ_RATE_LIMIT_PER_MINUTE", default: 600, in: 1...1_000_000_000),
            streamsPerAddress: reader.integer(
                "EVENT_STREAMS_PER_ADDRESS", default: reader.environment == .production ? 256 : 1024, in: 1...100_000),
            trustedProxies: trustedProxies(reader),
            holdMinutes: reader.integer("HOLD_MINUTES", default: 15, in: 1...1440),
            metricsToken: reader.optional("METRICS_TOKEN").map(Secret.init)
        )
    }

    private static func listener(_ prefix: String, port: Int, _ reader: VariableReader) -> Listener {
        let port = reader.integer("\(prefix)_PORT", default: port, in: 0...65535)
        let fallback = Origin(scheme: "http", host: "localhost", port: port)
        return Listener(
            host: reader.optional("\(prefix)_HOST") ?? "127.0.0.1",
            port: port,
            url: reader.origin("\(prefix)_URL", default: fallback)
        )
    }

    private static func databaseURL(_ reader: VariableReader) -> String {
        let value = reader.text("DATABASE_URL", development: "sqlite:.muse/muse.db")
        if !value.hasPrefix("sqlite:"), !value.hasPrefix("postgres://"), !value.hasPrefix("postgresql://") {
            reader.complain("DATABASE_URL", "must begin with sqlite: or postgres://")
        }
        return value
    }

    /// `off` shows that the durability test can see orders which are acknowledged before they are on the disk.
    private static func durability(_ reader: VariableReader) -> Durability {
        guard let value = reader.optional("MUSE_UNSAFE_DURABILITY") else { return .full }
        if reader.environment != .development {
            reader.complain("MUSE_UNSAFE_DURABILITY", "may be set only in development: it loses orders")
        }
        if value == "off" { return .off }
        reader.complain("MUSE_UNSAFE_DURABILITY", "must be off, or not be set")
        return .full
    }

    /// Admin may reach the customer service by a private http address even in production.
    private static func internalURL(_ reader: VariableReader, customer: Origin) -> Origin {
        guard let value = reader.optional("CUSTOMER_INTERNAL_URL") else { return customer }
        guard let origin = Origin(value) else {
            reader.complain("CUSTOMER_INTERNAL_URL", "must be http(s)://host[:port] without a path")
            return customer
        }
        return origin
    }

    private static func allowedOrigins(_ reader: VariableReader, own: [Origin]) -> [Origin] {
        guard let entries = reader.list("CORS_ALLOWED_ORIGINS") else {
            let workbench = Origin(scheme: "https", host: "localhost", port: 5173)
            return reader.environment == .production ? own : own + [workbench]
        }
        return entries.compactMap { entry in
            if let origin = Origin(entry) { return origin }
            let sentence = entry == "*" ? "must name its origins: * is refused" : "holds an entry that is no origin"
            reader.complain("CORS_ALLOWED_ORIGINS", sentence)
            return nil
        }
    }

    private static func trustedProxies(_ reader: VariableReader) -> [AddressRange] {
        (reader.list("TRUSTED_PROXIES") ?? []).compactMap { entry in
            if let range = AddressRange(entry) { return range }
            reader.complain("TRUSTED_PROXIES", "holds an entry that is no address range such as 10.0.0.0/8")
            return nil
        }
    }
}
