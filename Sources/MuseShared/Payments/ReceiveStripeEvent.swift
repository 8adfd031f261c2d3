import Foundation
import Logging

/// Takes one webhook of Stripe: verify, re-fetch the object, then inbox, state and emails in one transaction.
///
/// Answering 2xx means that it is committed; any failure is thrown, so that Stripe tries again.
public struct ReceiveStripeEvent: Sendable {
    public enum Refusal: Error, Sendable {
        /// Not signed by Stripe, or too old: 400, and nothing else is looked at.
        case badSignature
        /// Signed, but not an event: 400.
        case unreadable
    }

    /// What became of it, for the log.
    public enum Outcome: String, Sendable {
        case fulfilled, refundQueued, released, unchanged
        /// A refund or dispute moved on.
        case moneyMoved
        /// This event was here before.
        case duplicate
        /// Of another program that shares the account, or of a kind that we don't act on.
        case ignored
    }

    private let database: Database
    private let stripe: StripeClient
    private let signature: StripeSignature
    private let ids: IDSource

    public init(database: Database, stripe: StripeClient, signature: StripeSignature, ids: IDSource = .live) {
        self.database = database
        self.stripe = stripe
        self.signature = signature
        self.ids = ids
    }

    /// - Parameters:
    ///   - body: the bytes as they came; a re-encoded body has another signature.
    ///   - header: the `Stripe-Signature` header, if there was one.
    public func callAsFunction(body: Data, header: String?) async throws -> Outcome {
        guard let header, signature.isValid(header: header, body: body, now: database.clock.now()) else {
            throw Refusal.badSignature
        }
        guard let event = try? JSONDecoder().decode(Event.self, from: body) else { throw Refusal.unreadable }
        let inbox = StripeEventRepository(database: database)
        if try inbox.isKnown(event.id) { return .duplicate }
        guard Self.sessionEvents.contains(event.type) else { return try await receiveMoney(event, inbox) }
        let session: StripeSession
        do {
            session = try await stripe.retrieveSession(event.data.object.id)
        } catch StripeFailure.refused(404, _, _) {
            return try await inbox.store(event.id, type: event.type) { _ in .ignored }
        }
        let settlements = SettlementRepository(ids: ids)
        let hasFailed = event.type == Self.paymentFailed
        return try await inbox.store(event.id, type: event.type) { transaction in
            switch try settlements.apply(session, hasFailed: hasFailed, in: transaction) {
            case .fulfilled: .fulfilled
            case .refundQueued: .refundQueued
            case .released: .released
            case .unchanged: .unchanged
            case .foreign: .ignored
            }
        }
    }

    /// Refunds and disputes, whoever made them. Nothing of the event is believed but which object to fetch.
    private func receiveMoney(_ event: Event, _ inbox: StripeEventRepository) async throws -> Outcome {
        let refunds = RefundSettlementRepository(ids: ids)
        let disputes = DisputeRepository(ids: ids)
        let object = event.data.object
        do {
            switch event.type {
            case "refund.created", "refund.updated", "refund.failed", "charge.refund.updated":
                let refund = try await stripe.retrieveRefund(object.id)
                return try await inbox.store(event.id, type: event.type) { transaction in
                    Self.outcome([try refunds.apply(refund, in: transaction)])
                }
            case "charge.refunded":
                guard let intent = object.payment_intent else { break }
                let found = try await StripeListing.all(StripeListing(paymentIntent: intent), stripe.listRefunds)
                return try await inbox.store(event.id, type: event.type) { transaction in
                    Self.outcome(try found.map { try refunds.apply($0, in: transaction) })
                }
            case let type where type.hasPrefix("charge.dispute."):
                let dispute = try await stripe.retrieveDispute(object.id)
                return try await inbox.store(event.id, type: type) { transaction in
                    Self.outcome([try disputes.apply(dispute, in: transaction)])
                }
            default: break
            }
        } catch StripeFailure.refused(404, _, _) {
            // Nothing of this name is there: an event of another account.
        }
        return try await inbox.store(event.id, type: event.type) { _ in .ignored }
    }

    private static func outcome(_ outcomes: [RefundSettlementRepository.Outcome]) -> Outcome {
        if outcomes.contains(.changed) { return .moneyMoved }
        return outcomes.contains(.unchanged) ? .unchanged : .ignored
    }

    /// docs.stripe.com/api/events/types; each of them may be the first news of a session's end.
    private static let sessionEvents: Set<String> = [
        "checkout.session.completed", "checkout.session.expired", "checkout.session.async_payment_succeeded",
        paymentFailed,
    ]
    private static let paymentFailed = "checkout.session.async_payment_failed"

    private struct Event: Decodable {
        struct Body: Decodable {
            struct Object: Decodable {
                let id: String
                /// Of a charge; docs.stripe.com/api/charges/object.
                let payment_intent: String?
            }
            let object: Object
        }
        let id: String
        let type: String
        let data: Body
    }
}
