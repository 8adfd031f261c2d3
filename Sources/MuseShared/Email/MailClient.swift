/// A message as it leaves: rendered, with both its parts.
public struct OutgoingEmail: Sendable, Equatable {
    /// Our id of it, sent along as a tag so that bounces can be told apart.
    public var id: String
    public var to: String
    public var subject: String
    public var text: String
    public var html: String
    /// The template's name, sent along as a tag.
    public var template: String

    public init(id: String, to: String, subject: String, text: String, html: String, template: String) {
        self.id = id
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
        self.template = template
    }
}

/// Why a message was not taken, by what is to be done about it.
public enum MailFailure: Error, Sendable, Equatable {
    /// Throttled, down or unanswered: later again. It may have been taken all the same.
    case retry(String)
    /// This message will never be taken.
    case refused(String)
    /// No message is taken, whatever it says: sending is paused, or our credentials are wrong.
    case laneStopped(String)

    var reason: String {
        switch self {
        case .retry(let reason), .refused(let reason), .laneStopped(let reason): reason
        }
    }
}

/// Hands messages to whoever delivers them.
public struct MailClient: Sendable {
    /// Returns the provider's id of the message.
    public var send: @Sendable (OutgoingEmail) async throws(MailFailure) -> String

    public init(
        send: @escaping @Sendable (OutgoingEmail) async throws(MailFailure) -> String = { _ throws(MailFailure) in
            throw .laneStopped("MailClient.send was called and nothing stands behind it")
        }
    ) {
        self.send = send
    }
}
