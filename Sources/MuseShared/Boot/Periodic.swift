import Logging
import ServiceLifecycle

/// Work that is done again and again in the background until the process drains.
///
/// An error is logged and the next round tries again: one bad row must not end the worker.
public struct Periodic: Service {
    private let name: String
    private let pause: Duration
    private let logger: Logger
    private let work: @Sendable () async throws -> Void

    /// - Parameter pause: between the end of one round and the beginning of the next.
    public init(
        _ name: String, every pause: Duration, logger: Logger, work: @escaping @Sendable () async throws -> Void
    ) {
        self.name = name
        self.pause = pause
        self.logger = logger
        self.work = work
    }

    public func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                do {
                    try await work()
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("\(name) failed", metadata: ["error": "\(String(reflecting: error))"])
                }
                try await Task.sleep(for: pause)
            }
        }
    }
}
