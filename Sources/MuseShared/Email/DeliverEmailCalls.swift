import Logging
import Metrics
import ServiceLifecycle
import Synchronization

/// Tells the customer service of what staff wrote, for as long as it takes.
///
/// A call's id is its idempotency key: asked twice, the customer service makes one message of it. So nothing is marked
/// before a call, and a crash of either side costs nothing. The staff service runs it.
public final class DeliverEmailCalls: Service, Sendable {
    /// However long the customer service is away, it is asked again within a minute.
    static let betweenAttempts = Backoff(first: 500, factor: 2, longest: 30_000)

    private struct Lane {
        var failures: Int64 = 0
        var pausedUntil: Timestamp?
    }

    private let calls: EmailCallRepository
    private let customer: CustomerServiceClient
    private let loop: WorkLoop
    private let clock: WallClock
    private let logger: Logger
    private let lane = Mutex(Lane())

    public init(database: Database, customer: CustomerServiceClient, feed: ChangeFeed, logger: Logger) {
        calls = EmailCallRepository(database: database)
        self.customer = customer
        self.logger = logger
        clock = database.clock
        loop = WorkLoop(name: "DeliverEmailCalls", feed: feed, wakesOn: [.emails], clock: clock, logger: logger)
    }

    public func run() async throws {
        await loop.run { try await self.deliverNext() }
    }

    /// Delivers the call that has been due longest, if there is one.
    func deliverNext() async throws -> WorkLoop.Next {
        if let until = lane.withLock({ $0.pausedUntil }), until > clock.now() { return .at(until) }
        guard let (call, due) = try calls.nextDue() else { return .at(nil) }
        guard due <= clock.now() else { return .at(due) }
        var body = call.body
        body.idempotencyKey = call.id
        let emailID: String
        do throws(CustomerServiceClient.Failure) {
            emailID = try await customer.sendEmail(body)
        } catch {
            try await handle(error, of: call)
            return .now
        }
        lane.withLock { $0 = Lane() }
        count("delivered")
        logger.info("email call delivered", metadata: ["call": "\(call.id)", "email": "\(emailID)"])
        try await calls.delivered(call, emailID: emailID)
        return .now
    }

    private func handle(_ failure: CustomerServiceClient.Failure, of call: EmailCallRepository.Call) async throws {
        switch failure {
        case .refused(let reason):
            lane.withLock { $0 = Lane() }
            count("refused")
            logger.error("email call refused", metadata: ["call": "\(call.id)", "reason": "\(reason)"])
            try await calls.failed(call, reason: reason)
        case .unavailable(let reason, let retryAfter):
            count("retried")
            logger.warning("email call postponed", metadata: ["call": "\(call.id)", "reason": "\(reason)"])
            // All calls go to the same place: the lane waits, and the next one due asks for all of them.
            let wait = lane.withLock { lane in
                lane.failures += 1
                let own = Self.betweenAttempts.milliseconds(after: lane.failures)
                let wait = max(own, (retryAfter ?? 0).multipliedClamped(by: 1_000))
                lane.pausedUntil = clock.now().adding(milliseconds: min(wait, 60_000))
                return min(wait, 60_000)
            }
            try await calls.postponed(call, milliseconds: wait, reason: reason)
        }
    }

    private func count(_ outcome: String) {
        Counter(label: "email_calls_total", dimensions: [("outcome", outcome)]).increment()
    }
}
