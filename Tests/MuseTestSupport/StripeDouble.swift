import Synchronization

@testable import MuseShared

/// Stripe in memory for tests of use-cases: it keeps sessions and can be told to pay, expire or be away.
public final class StripeDouble: Sendable {
    private struct State {
        var sessions: [String: StripeSession] = [:]
        var byKey: [String: String] = [:]
        var refunds: [String: StripeRefund] = [:]
        var disputes: [String: StripeDispute] = [:]
        var refundFate: RefundFate = .succeeds
        var isAway = false
        var refusesSessions = false
        var calls: [String] = []
    }

    private let state = Mutex(State())

    public init() {}

    /// What the next refunds meet.
    public enum RefundFate: Sendable {
        case succeeds, staysPending
        case refused(String)
    }

    public var refundFate: RefundFate {
        get { state.withLock { $0.refundFate } }
        set { state.withLock { $0.refundFate = newValue } }
    }

    public var calls: [String] { state.withLock { $0.calls } }
    public var sessions: [StripeSession] { state.withLock { Array($0.sessions.values) } }
    public var refunds: [StripeRefund] { state.withLock { Array($0.refunds.values) } }

    public var isAway: Bool {
        get { state.withLock { $0.isAway } }
        set { state.withLock { $0.isAway = newValue } }
    }

    public var refusesSessions: Bool {
        get { state.withLock { $0.refusesSessions } }
        set { state.withLock { $0.refusesSessions = newValue } }
    }

    public var client: StripeClient {
        var client = StripeClient(
            createSession: { request, key in try self.create(request, key: key) },
            retrieveSession: { id in try self.find(id, call: "retrieve") },
            expireSession: { id, _ in try self.expire(id) },
            createRefund: { request, key in try self.refund(request, key: key) })
        client.retrieveRefund = { id in
            try self.ask("retrieveRefund") { state in try Self.found(state.refunds.values.first { $0.id == id }) }
        }
        client.retrieveDispute = { id in try self.ask("retrieveDispute") { try Self.found($0.disputes[id]) } }
        client.listSessions = { _ in
            try self.ask("list") { StripePage(data: $0.sessions.values.sorted { $0.id > $1.id }) }
        }
        client.listRefunds = { listing in
            try self.ask("list") { state in
                let intent = listing.paymentIntent
                return StripePage(
                    data: state.refunds.values.filter { intent == nil || $0.paymentIntent == intent }
                        .sorted { $0.id > $1.id })
            }
        }
        client.listDisputes = { _ in
            try self.ask("list") { StripePage(data: $0.disputes.values.sorted { $0.id > $1.id }) }
        }
        return client
    }

    private func ask<Answer>(_ call: String, _ answer: (State) throws -> Answer) throws -> Answer {
        try state.withLock { state in
            state.calls.append(call)
            if state.isAway { throw StripeFailure.unavailable("away") }
            return try answer(state)
        }
    }

    private static func found<Object>(_ object: Object?) throws -> Object {
        guard let object else { throw StripeFailure.refused(status: 404, code: "resource_missing", message: "") }
        return object
    }

    /// Somebody refunds at Stripe's dashboard.
    @discardableResult
    public func refundAtStripe(_ intent: String, minor: Int64) -> String {
        state.withLock { state in
            let id = "re_\(state.refunds.count + 1)"
            state.refunds[id] = StripeRefund(id: id, status: "succeeded", amount: minor, paymentIntent: intent)
            return id
        }
    }

    /// Moves a refund to another status, as the bank does days later.
    public func setRefund(_ id: String, _ status: String) {
        state.withLock { state in
            for (key, refund) in state.refunds where refund.id == id {
                state.refunds[key] = StripeRefund(
                    id: id, status: status, amount: refund.amount, paymentIntent: refund.paymentIntent,
                    metadata: refund.metadata, failureReason: status == "failed" ? "expired_or_canceled_card" : nil)
            }
        }
    }

    @discardableResult
    public func dispute(_ intent: String, minor: Int64, status: String = "needs_response", id: String? = nil) -> String
    {
        state.withLock { state in
            let id = id ?? "du_\(state.disputes.count + 1)"
            state.disputes[id] = StripeDispute(
                id: id, amount: minor, status: status, paymentIntent: intent, created: 1_795_453_200,
                dueBy: 1_796_000_000)
            return id
        }
    }

    public func pay(_ id: String) {
        change(id, status: "complete", payment: "paid")
    }

    /// Completed by a delayed method: the money is not here yet.
    public func completeUnpaid(_ id: String) {
        change(id, status: "complete", payment: "unpaid")
    }

    private func create(_ request: CheckoutSessionRequest, key: String) throws -> StripeSession {
        try state.withLock { state in
            state.calls.append("create")
            if state.isAway { throw StripeFailure.unavailable("away") }
            if state.refusesSessions { throw StripeFailure.refused(status: 400, code: "nope", message: "") }
            if let known = state.byKey[key], let session = state.sessions[known] { return session }
            let id = "cs_test_\(state.sessions.count + 1)"
            let total = request.lines.reduce(0) { $0 + $1.unitAmountMinor * $1.quantity }
            let session = StripeSession(
                id: id, url: "https://pay.example/\(id)", status: "open", paymentStatus: "unpaid", amountTotal: total,
                currency: request.currency, clientReferenceID: request.referenceID, paymentIntent: nil)
            state.sessions[id] = session
            state.byKey[key] = id
            return session
        }
    }

    private func find(_ id: String, call: String) throws -> StripeSession {
        try state.withLock { state in
            state.calls.append(call)
            if state.isAway { throw StripeFailure.unavailable("away") }
            guard let session = state.sessions[id] else {
                throw StripeFailure.refused(status: 404, code: "resource_missing", message: "")
            }
            return session
        }
    }

    private func expire(_ id: String) throws -> StripeSession {
        guard try find(id, call: "expire").status == "open" else {
            throw StripeFailure.refused(status: 400, code: "", message: "Only open sessions can be expired.")
        }
        change(id, status: "expired", payment: "unpaid")
        return try find(id, call: "read")
    }

    private func refund(_ request: RefundRequest, key: String) throws -> StripeRefund {
        try state.withLock { state in
            state.calls.append("refund")
            if state.isAway { throw StripeFailure.unavailable("away") }
            var status = "succeeded"
            switch state.refundFate {
            case .succeeds: break
            case .staysPending: status = "pending"
            case .refused(let words): throw StripeFailure.refused(status: 400, code: "refused", message: words)
            }
            let refund =
                state.refunds[key]
                ?? StripeRefund(
                    id: "re_\(state.refunds.count + 1)", status: status, amount: request.amountMinor,
                    paymentIntent: request.paymentIntent, metadata: ["refund_id": request.refundID])
            state.refunds[key] = refund
            return refund
        }
    }

    private func change(_ id: String, status: String, payment: String) {
        state.withLock { state in
            guard let old = state.sessions[id] else { return }
            state.sessions[id] = StripeSession(
                id: id, url: nil, status: status, paymentStatus: payment, amountTotal: old.amountTotal,
                currency: old.currency, clientReferenceID: old.clientReferenceID, paymentIntent: "pi_\(id)")
        }
    }
}
