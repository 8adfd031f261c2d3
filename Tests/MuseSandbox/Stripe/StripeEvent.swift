import Foundation

/// A thing that happened, as Stripe tells it to a webhook endpoint.
struct StripeEvent: Sendable {
    /// The API request that caused it; nil for what happened on the hosted page.
    struct Origin: Sendable {
        let requestID: String
        let idempotencyKey: String?
    }

    enum Delivery: String, Sendable {
        /// The endpoint is not subscribed to this type.
        case unsubscribed
        case pending, delivered
        /// Lost on purpose by the fault `drop`.
        case dropped
        case givenUp
    }

    struct Attempt: Sendable {
        let at: Int64
        /// The HTTP status, or nil when there was no answer.
        let status: Int?
        let note: String?
        let milliseconds: Int64
    }

    let id = StripeID.make("evt_1", 23)
    let type: String
    let created: Int64
    let subject: String
    /// The JSON as it goes over the wire: a retry sends the same bytes.
    var payload = Data()
    var delivery: Delivery
    var attempts: [Attempt] = []

    static let apiVersion = "2025-09-30.clover"

    init(type: String, snapshot: JSON, origin: Origin?, subscribed: Bool) throws {
        self.type = type
        created = WallTime.seconds
        subject = snapshot["id"].text ?? ""
        delivery = subscribed ? .pending : .unsubscribed
        let object: JSON = [
            "id": .string(id), "object": "event", "api_version": .string(Self.apiVersion),
            "created": .integer(created), "data": ["object": snapshot], "livemode": false,
            "pending_webhooks": subscribed ? 1 : 0,
            "request": [
                "id": .text(origin?.requestID), "idempotency_key": .text(origin?.idempotencyKey),
            ],
            "type": .string(type),
        ]
        payload = try object.encoded()
    }

    /// The API object; the snapshot is as it was, the count of pending webhooks as it is.
    var object: JSON {
        guard var fields = (try? JSON.decoded(payload))?.fields else { return .null }
        fields["pending_webhooks"] = delivery == .pending ? 1 : 0
        return .object(fields)
    }

    var hasBeenTried: Bool { delivery != .pending || !attempts.isEmpty }
    var isSettled: Bool { delivery == .delivered || delivery == .unsubscribed }

    /// Stripe lets `charge.*` stand for every type of that kind.
    func isOf(_ pattern: String) -> Bool {
        pattern.hasSuffix("*") ? type.hasPrefix(pattern.dropLast()) : type == pattern
    }
}
