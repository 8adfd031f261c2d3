import Logging
import ServiceLifecycle

/// Expires sessions when their time has come, looked at every half second.
struct ExpiryClock: Service {
    let ledger: StripeLedger
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try ledger.change { state throws(StripeError) in
                        try ExpireCheckoutSession().due(in: &state)
                    }
                    try await Task.sleep(for: .milliseconds(500))
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("\(error)")
                }
            }
        }
    }
}
