import Logging
import NIOCore

/// Counts requests by client address and minute.
///
/// Writes under the strict limit are counted in one small file that all processes share. Reads and staff's own
/// writes are counted in each process: a file write for every read would cost more than the read, and the worst
/// that follows is that two processes together let twice the read limit pass.
public struct RateLimiter: Sendable {
    private let strictLimit: Int
    private let shared: RateLimitRepository?
    private let fallback: RequestWindow
    private let reads: RequestWindow

    /// - Parameter path: the file all processes count in, beside the main database; nil counts in this process alone.
    public init(strictLimit: Int, readLimit: Int, path: String?, logger: Logger) {
        self.strictLimit = strictLimit
        shared = path.map { RateLimitRepository(path: $0, logger: logger) }
        fallback = RequestWindow(limit: strictLimit)
        reads = RequestWindow(limit: readLimit)
    }

    /// Counts one request. Nil lets it pass, otherwise the seconds until the client may try again.
    func wait(for client: NetworkAddress, isStrict: Bool) -> Int? {
        guard isStrict else { return reads.count(client) }
        guard let window = shared?.count(client.description) else { return fallback.count(client) }
        return window.count > strictLimit ? window.secondsLeft : nil
    }
}
