import Logging
import ServiceLifecycle
import Synchronization

/// Runs rounds of background work: when something was announced, when something falls due, and now and then anyway.
///
/// It ends between two rounds when the process drains, never in the middle of one.
struct WorkLoop: Sendable {
    /// What a round says about the next one.
    enum Next: Sendable, Equatable {
        /// There was work and there may be more.
        case now
        /// Nothing to do before this moment; nil is until something is announced.
        case at(Timestamp?)
    }

    let name: String
    let feed: ChangeFeed
    let wakesOn: Set<CacheName>
    let clock: WallClock
    let logger: Logger
    /// The longest sleep: what no announcement woke, time does.
    var longestSleep: Int64 = 15_000

    func run(_ round: @Sendable () async throws -> Next) async {
        let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let isStopping = Mutex(false)
        let changes = feed.changes(of: wakesOn)
        await withTaskCancellationOrGracefulShutdownHandler {
            let forwarding = Task { for await _ in changes { wake.yield() } }
            defer { forwarding.cancel() }
            var iterator = wakes.makeAsyncIterator()
            while !isStopping.withLock({ $0 }) {
                let pause = await milliseconds(after: round)
                guard pause > 0 else { continue }
                let timer = Task {
                    // A timer that was cancelled must not wake: each round would then start the next one at once.
                    guard (try? await Task.sleep(for: .milliseconds(pause))) != nil else { return }
                    wake.yield()
                }
                let goesOn: Void? = await iterator.next()
                timer.cancel()
                if goesOn == nil { break }
            }
        } onCancelOrGracefulShutdown: {
            isStopping.withLock { $0 = true }
            wake.finish()
        }
    }

    private func milliseconds(after round: @Sendable () async throws -> Next) async -> Int64 {
        do {
            switch try await round() {
            case .now: return 0
            case .at(nil): return longestSleep
            case .at(let time?):
                let wait = time.milliseconds.addedClamped(to: -clock.now().milliseconds)
                return min(max(wait, 5), longestSleep)
            }
        } catch {
            // The work is still in the database; a second later it may be readable again.
            logger.error("round failed", metadata: ["worker": "\(name)", "error": "\(error)"])
            return 1_000
        }
    }
}
