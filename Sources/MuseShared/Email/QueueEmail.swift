import Crypto
import Foundation

/// Takes a message that another program asks for into the outbox, once for each key.
///
/// Writes the message; bumps `emails`.
public struct QueueEmail: Sendable {
    public struct Request: Sendable {
        public let body: SendEmailBody
        /// Names this very call, for one without an idempotency key: a captured call that is played again is a
        /// repetition and no second letter.
        public let callCode: String

        public init(body: SendEmailBody, callCode: String) {
            self.body = body
            self.callCode = callCode
        }
    }

    public enum Refusal: MuseShared.Refusal {
        case invalid([FieldError])
        case keyUsedForAnotherMessage
        case failed(any Error)
    }

    static let longestSubject = 200
    static let longestText = 8_000
    static let longestKey = 200

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    /// Returns the message's id, the same for a repetition.
    public func callAsFunction(_ request: Request) async throws(Refusal) -> String {
        do {
            let email = try email(for: request)
            let outcome = try await database.write { transaction in
                if let orderID = email.orderID, try !EmailRepository.orderExists(orderID, in: transaction) {
                    throw Refusal.invalid([FieldError("orderId", "There is no such order.")])
                }
                return try EmailRepository.queueOnce(email, in: transaction)
            }
            switch outcome {
            case .queued(let id), .repeated(let id): return id
            case .keyUsedForAnotherBody: throw Refusal.keyUsedForAnotherMessage
            }
        } catch let refusal as Refusal {
            throw refusal
        } catch let problem as Problem {
            throw .invalid(problem.errors)
        } catch {
            throw .failed(error)
        }
    }

    private func email(for request: Request) throws -> QueuedEmail {
        let body = request.body
        guard let address = EmailAddress(body.to) else {
            throw Refusal.invalid([FieldError("to", "Enter an address like name@example.com.")])
        }
        if let key = body.idempotencyKey, !(1...Self.longestKey).contains(key.utf8.count) {
            throw Refusal.invalid([FieldError("idempotencyKey", "Use 1 to \(Self.longestKey) characters.")])
        }
        let content = try content(of: body)
        var unkeyed = body
        unkeyed.idempotencyKey = nil
        var email = try content.queued(
            id: ids.next(), to: address.text, orderID: body.orderId,
            // A name space of its own: no caller can use up the key of an order's own messages.
            idempotencyKey: body.idempotencyKey.map { "api:\($0)" } ?? "call:\(request.callCode)")
        email.bodyHash = SHA256.hash(data: Data(try JSONText.encode(unkeyed).utf8)).hexadecimal
        return email
    }

    private func content(of body: SendEmailBody) throws -> any EmailContent {
        guard let name = body.template else { return try plainMessage(body) }
        guard let template = EmailTemplate(rawValue: name) else {
            throw Refusal.invalid([FieldError("template", "There is no such template.")])
        }
        let extra = [("subject", body.subject), ("text", body.text), ("html", body.html)].filter { $0.1 != nil }
        // A plain message by its template's name is still one: its words, not the template's inner values.
        if template == .plainMessage { return try plainMessage(try plainFields(of: body)) }
        guard extra.isEmpty else {
            throw Refusal.invalid(extra.map { FieldError($0.0, "A template brings its own words.") })
        }
        guard body.orderId != nil else {
            throw Refusal.invalid([FieldError("orderId", "This template tells about an order.")])
        }
        return try read(template.content, from: body.data ?? .object([:]))
    }

    private func read(_ content: any EmailContent.Type, from data: EmailValue) throws -> any EmailContent {
        do {
            return try content.read(data)
        } catch let error as UnknownEmailFields {
            throw Refusal.invalid(error.paths.map { FieldError($0, "This field is not known.") })
        } catch let error as DecodingError {
            let errors = InputErrors.problem(for: error).errors.map { FieldError("data.\($0.field)", $0.message) }
            throw Refusal.invalid(errors.isEmpty ? [FieldError("data", "This can't be read.")] : errors)
        }
    }

    /// `{template: "plain-message", data: {subject, text, html?}}` as if the fields stood beside `to`.
    private func plainFields(of body: SendEmailBody) throws -> SendEmailBody {
        guard case .object(let members) = body.data else { return body }
        let unknown = members.keys.filter { !["subject", "text", "html"].contains($0) }.sorted()
        guard unknown.isEmpty else {
            throw Refusal.invalid(unknown.map { FieldError("data.\($0)", "This field is not known.") })
        }
        var plain = body
        plain.subject = members["subject"]?.text ?? body.subject
        plain.text = members["text"]?.text ?? body.text
        plain.html = members["html"]?.text ?? body.html
        plain.data = nil
        return plain
    }

    private func plainMessage(_ body: SendEmailBody) throws -> any EmailContent {
        guard body.data == nil || body.data == .null else {
            throw Refusal.invalid([FieldError("data", "Only a template has data.")])
        }
        let subject = try Self.words(body.subject, field: "subject", maximum: Self.longestSubject, lines: .one)
        let text = try Self.words(body.text, field: "text", maximum: Self.longestText, lines: .many)
        if let html = body.html, html.count > Self.longestText {
            throw Refusal.invalid([FieldError("html", "Please use at most \(Self.longestText) characters.")])
        }
        let venue = try VenueRepository(database: database).venue()
        return PlainMessageEmail(
            subject: subject, text: text, html: body.html, isAboutOrder: body.orderId != nil, venue: venue)
    }

    /// A subject is one line: a line break in it would begin another header of the mail.
    static func words(_ text: String?, field: String, maximum: Int, lines: PlainText.Lines) throws(Problem) -> String {
        let words = try PlainText.clean(text ?? "", field: field, maximum: maximum, lines: lines)
        guard !words.isEmpty else { throw .invalid(field, "This is missing.") }
        return words
    }
}

extension QueueEmail.Refusal {
    public var problem: Problem {
        switch self {
        case .invalid(let errors):
            .invalid(errors)
        case .keyUsedForAnotherMessage:
            .invalid("idempotencyKey", "This key was used for another message.")
        case .failed(let error):
            (error as? any ProblemConvertible)?.problem ?? Problem.translating(error).problem
        }
    }
}
