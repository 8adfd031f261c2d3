import Logging
import Metrics
import ServiceLifecycle
import Synchronization

/// Sends what the outbox holds, one message after the other, until it is taken or will never be.
///
/// One at a time, because a crash may repeat whatever is on its way: so it repeats at most one. The customer service
/// runs it; several processes may, since a message is taken under a lease.
public final class SendEmails: Service, Sendable {
    /// What a message may cost before it is given up: eight attempts over about ten hours.
    static let mostAttempts: Int64 = 8
    static let betweenAttempts = Backoff(first: 15_000, factor: 4, longest: 4 * 3_600_000)
    /// After a failure that the next message would meet as well.
    static let ofTheLane = Backoff(first: 1_000, factor: 2, longest: 60_000)
    /// Until the next look when the provider takes nothing from us at all.
    static let stoppedMilliseconds: Int64 = 300_000
    /// Tries to write down that a message is out, as long as its lease lasts.
    private static let mostNotes = 100

    private struct Lane {
        var failures: Int64 = 0
        var pausedUntil: Timestamp?
    }

    private let outbox: EmailOutboxRepository
    private let mail: MailClient
    private let templates: EmailTemplates
    private let loop: WorkLoop
    private let clock: WallClock
    private let logger: Logger
    private let lane = Mutex(Lane())

    public init(
        database: Database, mail: MailClient, templates: EmailTemplates, feed: ChangeFeed, logger: Logger
    ) {
        outbox = EmailOutboxRepository(database: database)
        self.mail = mail
        self.templates = templates
        self.logger = logger
        clock = database.clock
        loop = WorkLoop(name: "SendEmails", feed: feed, wakesOn: [.emails], clock: clock, logger: logger)
    }

    public func run() async throws {
        await loop.run { try await self.sendNext() }
    }

    /// Sends the message that has been due longest, if there is one.
    func sendNext() async throws -> WorkLoop.Next {
        if let until = lane.withLock({ $0.pausedUntil }), until > clock.now() { return .at(until) }
        guard let email = try await outbox.takeNext() else { return .at(try outbox.nextDue()) }
        if email.isRepeat {
            logger.warning("email interrupted, sent again", metadata: Self.facts(email))
        }
        guard email.attempt <= Self.mostAttempts else {
            try await end(email, reason: "interrupted too often")
            return .now
        }
        guard let outgoing = rendered(email) else {
            try await end(email, reason: "not renderable")
            return .now
        }
        let providerID: String
        do throws(MailFailure) {
            providerID = try await mail.send(outgoing)
        } catch {
            try await handle(error, of: email)
            return .now
        }
        await note(email, providerID: providerID)
        return .now
    }

    private func rendered(_ email: EmailOutboxRepository.Taken) -> OutgoingEmail? {
        guard let data = try? EmailValue(json: email.data),
            let texts = try? templates.render(email.template, data: data, orderID: email.orderID)
        else { return nil }
        return OutgoingEmail(
            id: email.id, to: email.to, subject: texts.subject, text: texts.text, html: texts.html,
            template: email.template)
    }

    private func handle(_ failure: MailFailure, of email: EmailOutboxRepository.Taken) async throws {
        switch failure {
        case .refused(let reason):
            try await end(email, reason: reason)
        case .retry(let reason) where email.attempt >= Self.mostAttempts:
            pauseLane()
            try await end(email, reason: reason)
        case .retry(let reason):
            pauseLane()
            count("retried")
            logger.warning("email postponed", metadata: Self.facts(email, reason: reason))
            try await outbox.postponed(
                email, milliseconds: Self.betweenAttempts.milliseconds(after: email.attempt), reason: reason,
                counts: true)
        case .laneStopped(let reason):
            lane.withLock { $0.pausedUntil = clock.now().adding(milliseconds: Self.stoppedMilliseconds) }
            count("stopped")
            logger.critical("the mail provider takes nothing from us", metadata: ["reason": "\(reason)"])
            try await outbox.postponed(email, milliseconds: 0, reason: reason, counts: false)
        }
    }

    private func end(_ email: EmailOutboxRepository.Taken, reason: String) async throws {
        count("failed")
        logger.error("email given up", metadata: Self.facts(email, reason: reason))
        try await outbox.failed(email, reason: reason)
    }

    /// The message is out: were this not written down, it would go out again after the lease.
    private func note(_ email: EmailOutboxRepository.Taken, providerID: String) async {
        lane.withLock { $0 = Lane() }
        count("sent")
        logger.info("email sent", metadata: Self.facts(email))
        for _ in 0..<Self.mostNotes {
            do {
                try await outbox.sent(email, providerID: providerID)
                return
            } catch {
                logger.error("sent email not noted yet", metadata: Self.facts(email, reason: "\(error)"))
                guard (try? await Task.sleep(for: .milliseconds(250))) != nil else { return }
            }
        }
    }

    private func pauseLane() {
        lane.withLock { lane in
            lane.failures += 1
            lane.pausedUntil = clock.now().adding(milliseconds: Self.ofTheLane.milliseconds(after: lane.failures))
        }
    }

    private func count(_ outcome: String) {
        Counter(label: "emails_total", dimensions: [("outcome", outcome)]).increment()
    }

    private static func facts(_ email: EmailOutboxRepository.Taken, reason: String? = nil) -> Logger.Metadata {
        var facts: Logger.Metadata = [
            "email": "\(email.id)", "template": "\(email.template)", "to": "\(EmailAddress.masked(email.to))",
            "attempt": "\(email.attempt)",
        ]
        if let reason { facts["reason"] = "\(reason)" }
        return facts
    }
}
