import Foundation

@testable import MuseShared

/// What goes back after a day: refunds by our staff and at Stripe's dashboard, some of which a bank sends back, and
/// disputes that stay open, are won and are lost. One order in ten has one of them.
struct MoneyBack: Sendable {
    let muse: RunningMuse
    let staff: WebClient
    let orders: [PlacedOrder]

    private struct Made: Decodable, Sendable { let id: String }

    func give() async throws {
        let payments = try await MoneyAtStripe.read(muse).payments
        _ = try await inParallel(orders.count / 10) { tenth in
            let order = orders[tenth * 10]
            guard let payment = payments[order.session] else {
                throw NeverHappened(description: "\(order.session) has no payment at Stripe")
            }
            switch tenth % 6 {
            case 0: try await byStaff(order)
            case 1: _ = try await atDashboard(payment, minor: 100)
            case 2: try await sandbox("refunds/\(try await atDashboard(payment, minor: 150))/fail")
            case 3: _ = try await dispute(payment)
            case 4: try await close(try await dispute(payment), "won")
            default: try await close(try await dispute(payment), "lost")
            }
        }
    }

    /// If we know yet that it is paid.
    private func byStaff(_ order: PlacedOrder) async throws {
        let body = #"{"amountMinor": 125, "reason": "Cold"}"#
        let answer = try await staff.post(
            "/api/orders/\(order.id)/refunds", body, headers: ["Idempotency-Key": UUID().uuidString])
        guard answer.status == 201 || answer.status == 409 else {
            throw NeverHappened(description: "refund: \(answer.status) \(answer.text)")
        }
    }

    /// By hand, on a page that is none of ours.
    private func atDashboard(_ payment: String, minor: Int64) async throws -> String {
        let answer = try await muse.sandbox.post(
            "/v1/refunds", "payment_intent=\(payment)&amount=\(minor)",
            headers: [
                "Authorization": "Bearer sk_test_muse_sandbox", "Idempotency-Key": UUID().uuidString,
                "Stripe-Version": "2025-09-30.clover", "Content-Type": "application/x-www-form-urlencoded",
            ])
        return try answer.decode(Made.self).id
    }

    private func dispute(_ payment: String) async throws -> String {
        try await sandbox("payments/\(payment)/dispute")
    }

    private func close(_ dispute: String, _ outcome: String) async throws {
        try await sandbox("disputes/\(dispute)/close", #"{"outcome": "\#(outcome)"}"#)
    }

    @discardableResult
    private func sandbox(_ path: String, _ body: String = "{}") async throws -> String {
        try await muse.sandbox.post("/sandbox/\(path)", body).decode(Made.self).id
    }
}

/// What the sandbox's books say, added up without any code of ours.
struct MoneyAtStripe: Decodable {
    struct Session: Decodable {
        let id: String
        let payment_intent: String?
        let payment_status: String
        let amount_total: Int64?
    }
    struct Movement: Decodable {
        let amount: Int64
        let status: String
    }
    let sessions: [Session]
    let refunds: [Movement]
    let disputes: [Movement]

    static func read(_ muse: RunningMuse) async throws -> MoneyAtStripe {
        try await muse.sandbox.get("/sandbox/state.json?limit=10000").decode()
    }

    var payments: [String: String] {
        Dictionary(sessions.compactMap { session in session.payment_intent.map { (session.id, $0) } }) { first, _ in
            first
        }
    }
    var charged: Int64 {
        sessions.filter { $0.payment_status == "paid" }.reduce(0) { $0 + ($1.amount_total ?? 0) }
    }
    var refunded: Int64 { refunds.filter { $0.status == "succeeded" }.reduce(0) { $0 + $1.amount } }
    var disputed: Int64 { disputes.filter { $0.status != "won" }.reduce(0) { $0 + $1.amount } }
}
