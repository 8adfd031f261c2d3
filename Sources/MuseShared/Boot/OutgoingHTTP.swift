import AsyncHTTPClient
import NIOCore
import ServiceLifecycle

/// The one HTTP client of a program: no redirects followed, nobody waited for longer than a few seconds.
public final class OutgoingHTTP: Service {
    public let client: HTTPClient

    public init() {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(3), read: .seconds(10))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// A client that is dropped without being shut down ends the process, also when a later part of the start failed.
    deinit {
        client.shutdown { _ in }
    }

    /// Closes its connections after everything that uses them has stopped.
    public func run() async throws {
        try? await gracefulShutdown()
        try await client.shutdown()
    }
}
