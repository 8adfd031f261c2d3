import Foundation

/// A message that SES took.
struct SentMail: Sendable {
    let id: String
    let from: String
    let to: [String]
    let copies: [String]
    let hidden: [String]
    let replyTo: [String]
    let subject: String
    let text: String?
    let html: String?
    let tags: [String: String]
    let configurationSet: String?
    /// Milliseconds since 1970.
    let receivedAt: Int64

    var object: JSON {
        [
            "id": .string(id), "from": .string(from), "to": .array(to.map { .string($0) }),
            "cc": .array(copies.map { .string($0) }), "bcc": .array(hidden.map { .string($0) }),
            "replyTo": .array(replyTo.map { .string($0) }), "subject": .string(subject), "text": .text(text),
            "html": .text(html), "tags": .texts(tags), "configurationSet": .text(configurationSet),
            "receivedAt": .integer(receivedAt),
        ]
    }
}
