import Logging
import ServiceLifecycle

/// Work that is done again and again in the background until the process drains.
///
/// An error is logged and the next round tries again: one bad row must not end the worker. The same error round after
/// round is logged once, and again after each ten minutes; so is the end of it.
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
            var repeated = RepeatedFailure()
            while true {
                do {
                    try await work()
                    if repeated.end() { logger.notice("\(name) works again") }
                } catch is CancellationError {
                    return
                } catch {
                    let text = String(reflecting: error)
                    if repeated.isToBeTold(text, at: .now) {
                        logger.error("\(name) failed", metadata: ["error": "\(text)"])
                    }
                }
                try await Task.sleep(for: pause)
            }
        }
    }
}

/// Tells a failure that is new from one that only goes on.
struct RepeatedFailure {
    static let silence: Duration = .seconds(600)

    private var last: (text: String, told: ContinuousClock.Instant)?

    /// Whether this failure should be logged now; counts as logged if so.
    mutating func isToBeTold(_ text: String, at now: ContinuousClock.Instant) -> Bool {
        if let last, last.text == text, now < last.told.advanced(by: Self.silence) { return false }
        last = (text, now)
        return true
    }

    /// Whether a failure has just ended.
    mutating func end() -> Bool {
        defer { last = nil }
        return last != nil
    }
}
