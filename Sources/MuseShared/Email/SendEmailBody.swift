/// The body of `POST /api/send-email`: a template with its data, or a subject with a text.
public struct SendEmailBody: Sendable, Codable, Equatable {
    public var to: String
    public var template: String?
    public var data: EmailValue?
    public var subject: String?
    public var text: String?
    /// Only its words are used, see ``PlainMessageEmail``.
    public var html: String?
    /// The order it tells about: its link goes into the message, the message onto its page.
    public var orderId: String?
    public var idempotencyKey: String?

    public init(to: String) {
        self.to = to
    }

    static let fields: Set<String> = [
        "to", "template", "data", "subject", "text", "html", "orderId", "idempotencyKey",
    ]

    /// Field errors for members that nobody reads.
    public static func unknownFields(in body: EmailValue) -> [FieldError] {
        guard case .object(let members) = body else { return [] }
        return members.keys.filter { !fields.contains($0) }.sorted().map { FieldError($0, "This field is not known.") }
    }
}
