import Synchronization

@testable import MuseShared

/// Stripe in memory for tests of use-cases: it keeps sessions and can be told to pay, expire or be away.
public final class StripeDouble: Sendable {
    private struct State {
        var sessions: [String: StripeSession] = [:]
        var byKey: [String: String] = [:]
        var refunds: [String: StripeRefund] = [:]
        var isAway = false
        var refusesSessions = false
        var calls: [String] = []
    }

    private let state = Mutex(State())

    public init() {}

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
        StripeClient(
            createSession: { request, key in try self.create(request, key: key) },
            retrieveSession: { id in try self.find(id, call: "retrieve") },
            expireSession: { id, _ in try self.expire(id) },
            createRefund: { request, key in try self.refund(request, key: key) })
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
            let refund =
                state.refunds[key]
                ?? StripeRefund(id: "re_\(state.refunds.count + 1)", status: "succeeded", amount: request.amountMinor)
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
