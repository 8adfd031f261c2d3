import Foundation

/// What one kind of message says: the values of the template of the same name.
///
/// When it is sent, `orderHref` is added for a message that belongs to an order.
protocol EmailContent: Codable, Sendable {
    static var template: EmailTemplate { get }
    var subject: String { get }
}

/// Every message there is; the raw value names its files under `Templates/emails/`.
public enum EmailTemplate: String, Sendable, CaseIterable {
    case orderCancelled = "order-cancelled"
    case orderConfirmed = "order-confirmed"
    case orderReady = "order-ready"
    case paymentReturned = "payment-returned"
    case plainMessage = "plain-message"
    case refundFailed = "refund-failed"
    case refundIssued = "refund-issued"

    var content: any EmailContent.Type {
        switch self {
        case .orderCancelled: OrderCancelledEmail.self
        case .orderConfirmed: OrderConfirmedEmail.self
        case .orderReady: OrderReadyEmail.self
        case .paymentReturned: PaymentReturnedEmail.self
        case .plainMessage: PlainMessageEmail.self
        case .refundFailed: RefundFailedEmail.self
        case .refundIssued: RefundIssuedEmail.self
        }
    }

    /// Whether it tells about an order and links to it.
    var belongsToOrder: Bool { self != .plainMessage }
}

extension EmailContent {
    /// The row for the outbox.
    func queued(
        id: String, to: String, orderID: String?, idempotencyKey: String?
    ) throws -> QueuedEmail {
        QueuedEmail(
            id: id, template: Self.template.rawValue, to: to, data: try JSONText.encode(self), orderID: orderID,
            idempotencyKey: idempotencyKey)
    }

    /// Reads values that another program sent.
    ///
    /// - Throws: `DecodingError` with the path of what is missing or of a wrong type; ``UnknownEmailFields``.
    static func read(_ value: EmailValue) throws -> Self {
        let content = try JSONDecoder().decode(Self.self, from: JSONEncoder().encode(value))
        let known = try JSONDecoder().decode(EmailValue.self, from: JSONEncoder().encode(content))
        let unknown = value.paths(unknownTo: known, at: "data")
        guard unknown.isEmpty else { throw UnknownEmailFields(paths: unknown) }
        return content
    }
}

/// Fields that the template doesn't know: a spelling mistake would otherwise be a silent gap in a letter.
struct UnknownEmailFields: Error {
    let paths: [String]
}
