import Logging
import Metrics

/// Walks what happened at Stripe and holds the ledger against it: what a webhook failed to bring is settled by the same
/// paths, so never twice; what then still differs is kept for the dashboard.
///
/// Each round looks back from the last one that went through, so that an outage of any length is caught up with.
/// While Stripe is away the pause doubles. Of several processes one does each round.
public struct ReconcilePayments: Sendable {
    private let stripe: StripeClient
    private let database: Database
    private let books: ReconciliationRepository
    private let ids: IDSource
    private let logger: Logger
    private let pause: Int64

    /// A session lives at most a day; a little more for clocks that differ.
    private static let sessionSeconds: Int64 = 25 * 3600
    /// The bank may send a refund back, or take a payment, weeks later.
    private static let lateSeconds: Int64 = 60 * 24 * 3600
    private static let firstSeconds: Int64 = 7 * 24 * 3600
    /// Rows that no list named are asked for one by one, at most so many a round.
    private static let mostUnlisted = 200

    /// - Parameter pause: seconds from the beginning of one round to the next.
    public init(
        database: Database, stripe: StripeClient, logger: Logger, pause: Int64 = 30, ids: IDSource = .live
    ) {
        self.database = database
        self.stripe = stripe
        self.logger = logger
        self.pause = pause
        self.ids = ids
        books = ReconciliationRepository(database: database)
    }

    /// What a round found.
    public struct Round: Sendable, Equatable {
        public let compared: Int
        public let repaired: Int
        public let differences: Int
    }

    /// One round if it is due. Nil if it was not, or if Stripe did not answer.
    @discardableResult
    public func callAsFunction() async throws -> Round? {
        guard let (checkedAt, startedAt) = try await books.claim(seconds: pause) else { return nil }
        do {
            return try await round(since: checkedAt, startedAt: startedAt)
        } catch let failure as StripeFailure {
            logger.warning("not compared with Stripe", metadata: ["reason": "\(failure)"])
            try await books.failed("\(failure)", pause: pause)
            return nil
        }
    }

    private func round(since checkedAt: Timestamp?, startedAt: Timestamp) async throws -> Round {
        let from = checkedAt ?? startedAt.adding(seconds: -Self.firstSeconds)
        let recent = from.adding(seconds: -Self.sessionSeconds)
        let late = StripeListing(since: from.adding(seconds: -Self.lateSeconds))
        let sessions = try await StripeListing.all(StripeListing(since: recent), stripe.listSessions)
        let refunds = try await StripeListing.all(late, stripe.listRefunds)
        let disputes = try await StripeListing.all(late, stripe.listDisputes)
        // In this order: a refund is ours only once its payment is.
        let kinds: [[StripeFact]] = [
            sessions.map(StripeFact.session), refunds.map(StripeFact.refund), disputes.map(StripeFact.dispute),
        ]
        var repaired = 0
        for facts in kinds {
            for comparison in try books.compare(facts) where comparison.isBehind {
                if try await settle(comparison.fact) { repaired += 1 }
            }
        }
        let facts = kinds.flatMap { $0 }
        let compared = try books.compare(facts)
        var differences = compared.filter(\.differs).map(Self.difference)
        differences += try await strangers(since: recent, besides: Set(facts.map(\.id)))
        try await books.finish(
            startedAt: startedAt, compared: compared.count, repaired: repaired, differences: differences)
        report(repaired: repaired, differences: differences.count)
        return Round(compared: compared.count, repaired: repaired, differences: differences.count)
    }

    private func settle(_ fact: StripeFact) async throws -> Bool {
        let ids = ids
        return try await database.write { transaction in
            switch fact {
            case .session(let session):
                let outcome = try SettlementRepository(ids: ids).apply(session, in: transaction)
                return outcome != .unchanged && outcome != .foreign
            case .refund(let refund):
                return try RefundSettlementRepository(ids: ids).apply(refund, in: transaction) == .changed
            case .dispute(let dispute):
                return try DisputeRepository(ids: ids).apply(dispute, in: transaction) == .changed
            }
        }
    }

    /// Rows that the lists of Stripe did not name: too old for them, or invented.
    private func strangers(
        since: Timestamp, besides known: Set<String>
    ) async throws -> [ReconciliationRepository.Difference] {
        var found: [ReconciliationRepository.Difference] = []
        for row in try books.unlisted(since: since, besides: known).prefix(Self.mostUnlisted) {
            let fact = try await fetch(row.stripeID)
            let minor = fact?.netMinor ?? 0
            guard minor != row.minor else { continue }
            found.append(
                .init(
                    stripeID: row.stripeID, kind: fact?.kind ?? "unknown", orderID: row.orderID, orderNumber: nil,
                    stripeMinor: minor, ledgerMinor: row.minor))
        }
        return found
    }

    private func fetch(_ id: String) async throws -> StripeFact? {
        do {
            if id.hasPrefix("cs_") { return .session(try await stripe.retrieveSession(id)) }
            if id.hasPrefix("re_") || id.hasPrefix("pyr_") { return .refund(try await stripe.retrieveRefund(id)) }
            if id.hasPrefix("dp_") || id.hasPrefix("du_") { return .dispute(try await stripe.retrieveDispute(id)) }
        } catch StripeFailure.refused(404, _, _) {}
        return nil
    }

    private static func difference(
        _ comparison: ReconciliationRepository.Comparison
    ) -> ReconciliationRepository.Difference {
        .init(
            stripeID: comparison.fact.id, kind: comparison.fact.kind, orderID: comparison.orderID, orderNumber: nil,
            stripeMinor: comparison.fact.netMinor, ledgerMinor: comparison.ledgerMinor)
    }

    private func report(repaired: Int, differences: Int) {
        Metrics.Gauge(label: "money_differences").record(differences)
        Metrics.Gauge(label: "money_checked_unix_seconds").record(database.clock.now().unixSeconds)
        Metrics.Counter(label: "money_repaired_total").increment(by: Int64(repaired))
        guard repaired > 0 || differences > 0 else { return }
        logger.notice(
            "compared with Stripe", metadata: ["repaired": "\(repaired)", "differences": "\(differences)"])
    }
}
