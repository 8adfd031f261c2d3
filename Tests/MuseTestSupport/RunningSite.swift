import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

@testable import MuseShared

/// A whole site as it is shipped, listening on a port of its own for the length of a test.
public struct RunningSite: Sendable {
    public let port: Int
    public let site: Site
    private let serving: Task<Void, any Error>
    private let group: ServiceGroup

    /// Serves what `routes` adds, with templates and assets from `files` (path → content), and drains afterwards.
    /// Routes in `ready` are added to the router as well.
    public static func with<Value>(
        environment: [String: String] = [:],
        program: Program = .customer,
        files: [String: String] = [:],
        prepare: (inout Site) -> Void = { _ in },
        ready: [ReadyRoute] = [],
        routes: (Router<VisitorContext>, Site) -> Void = { _, _ in },
        _ body: (RunningSite) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("muse-site-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (path, content) in files {
            let url = folder.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try content.write(to: url, atomically: true, encoding: .utf8)
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var variables = [
            "DATABASE_URL": "sqlite:\(folder.path)/muse.db", "SERVICE_SECRET": "0123456789abcdef0123456789abcdef",
            "CUSTOMER_PORT": "0", "ADMIN_PORT": "0",
            "CUSTOMER_URL": "http://localhost:8080", "ADMIN_URL": "http://localhost:8081",
        ]
        variables.merge(environment) { _, new in new }
        let configuration = try await MuseConfiguration.load(program: program, environment: variables)
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        var site = try Site(
            configuration: configuration,
            folders: SiteFolders(roots: [folder]),
            logger: logger,
            facts: { ["name": "Muse & Co"] }
        )
        prepare(&site)
        let router = site.makeRouter(ready: {})
        routes(router, site)
        for route in ready { route.add(to: router) }
        let running = try await start(site, router, ready)
        do {
            let value = try await body(running)
            await running.stop()
            return value
        } catch {
            await running.stop()
            throw error
        }
    }

    private static func start(
        _ site: Site, _ router: Router<VisitorContext>, _ readyRoutes: [ReadyRoute]
    ) async throws -> RunningSite {
        let (addresses, ready) = AsyncStream<Int>.makeStream()
        let group = try makeServiceGroup(site, router: router, ready: readyRoutes, signals: []) {
            ready.yield($0.port ?? 0)
        }
        let serving = Task {
            defer {
                site.state.end()
                ready.finish()
            }
            try await group.run()
        }
        for await port in addresses {
            return RunningSite(port: port, site: site, serving: serving, group: group)
        }
        try await serving.value
        throw RawConnection.Failure.notConnected
    }

    public func stop() async {
        serving.cancel()
        _ = await serving.result
    }

    /// What SIGTERM starts; returns when the site has ended.
    public func drain() async {
        await group.triggerGracefulShutdown()
        _ = await serving.result
    }

    public func connect(receiveBuffer: Int32? = nil) throws -> RawConnection {
        try RawConnection(port: port, receiveBuffer: receiveBuffer)
    }

    /// One request on a connection of its own.
    public func request(
        _ method: String = "GET",
        _ path: String,
        headers: [String: String] = [:],
        body: String? = nil
    ) async throws -> RawResponse {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\nConnection: close\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if let body { head += "Content-Length: \(body.utf8.count)\r\n" }
        let connection = try connect()
        try connection.send(head + "\r\n" + (body ?? ""))
        let bytes = try await connection.readToEnd()
        guard let response = RawResponse(bytes) else { throw RawConnection.Failure.notConnected }
        return response
    }

    /// A form or JSON as a page of the site itself sends it.
    public func post(
        _ path: String,
        _ body: String,
        type: String = "application/json",
        headers: [String: String] = [:]
    ) async throws -> RawResponse {
        var all = ["Origin": "http://localhost:\(port)", "Content-Type": type]
        all.merge(headers) { _, new in new }
        return try await request("POST", path, headers: all, body: body)
    }
}
