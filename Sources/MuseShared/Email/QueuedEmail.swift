/// A message for the outbox: which template, to whom, with which values.
struct QueuedEmail: Sendable {
    let id: String
    /// Name under `Templates/emails/`, without the suffixes.
    let template: String
    let to: String
    /// JSON of the template's values.
    let data: String
    var orderID: String?
    var idempotencyKey: String?
    /// SHA-256 of what was asked for under the key.
    var bodyHash: String?
}
