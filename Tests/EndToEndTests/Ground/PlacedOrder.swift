import Foundation
import MuseTestSupport

/// What `POST /api/orders` answers.
struct PlacedOrder: Decodable, Sendable {
    struct Totals: Decodable, Sendable {
        let totalMinor: Int64
    }

    let id: String
    let status: String
    let totals: Totals
    let checkoutUrl: String?
    let token: String

    /// The Checkout Session's id at the sandbox.
    var session: String { checkoutUrl.flatMap { URL(string: $0)?.lastPathComponent } ?? "" }
}

/// The document that every refusal is told in.
struct ProblemAnswer: Decodable, Sendable {
    struct FieldError: Decodable, Sendable {
        let field: String
        let message: String
    }

    let type: String
    let title: String
    let status: Int
    let detail: String?
    let requestId: String
    let errors: [FieldError]?
}

extension RunningMuse {
    static let flatWhite =
        #"{"kind": "item", "itemId": "flat-white", "quantity": 1, "options": [{"id": "oat-milk"}]}"#
    static let soup = #"{"kind": "item", "itemId": "soup", "quantity": 1}"#
    static let water = #"{"kind": "item", "itemId": "water", "quantity": 1}"#

    static func order(_ lines: String = flatWhite, email: String = "ada@example.com", more: String = "") -> String {
        """
        {"lines": [\(lines)], "fulfilment": {"type": "pickup"}, \
        "contact": {"name": "Ada Lovelace", "email": "\(email)"}\(more)}
        """
    }

    func place(_ body: String = order(), key: String = UUID().uuidString) async throws -> PlacedOrder {
        let answer = try await guest.post("/api/orders", body, headers: ["Idempotency-Key": key])
        guard answer.status == 201 else { throw NeverHappened(description: "order: \(answer.status) \(answer.text)") }
        return try answer.decode()
    }

    /// Presses the button of the hosted page, which waits for the first delivery of the webhook.
    func pay(_ order: PlacedOrder, outcome: String = "paid") async throws {
        let answer = try await sandbox.post("/checkout/\(order.session)/pay", #"{"outcome": "\#(outcome)"}"#)
        guard answer.status == 200 else { throw NeverHappened(description: "pay: \(answer.status) \(answer.text)") }
    }

    func fault(_ service: String, _ mode: String, delay: Double = 0) async throws {
        let answer = try await sandbox.post(
            "/faults", #"{"service": "\#(service)", "mode": "\#(mode)", "delay": \#(delay)}"#)
        guard answer.status == 200 else { throw NeverHappened(description: "fault: \(answer.status) \(answer.text)") }
    }

    struct Mail: Decodable, Sendable {
        let to: [String]
        let subject: String
        let text: String?
    }

    func mailbox() async throws -> [Mail] {
        try await sandbox.get("/mail.json?limit=10000").decode()
    }
}
