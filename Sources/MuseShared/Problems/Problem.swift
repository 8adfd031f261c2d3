import HTTPTypes

/// Why a request was refused, in the terms of RFC 9457.
///
/// Throw it from any handler; a program gets it as `application/problem+json`, a person as a page.
public struct Problem: Error, Sendable {
    public var status: HTTPResponse.Status
    /// The end of `type`, such as `price-changed`; stable, for programs.
    public var slug: String
    /// What happened, the same for every occurrence.
    public var title: String
    /// What is so this time, and what to do.
    public var detail: String?
    public var errors: [FieldError]
    /// Further members of the document, such as the new totals.
    public var extra: [String: any Encodable & Sendable]
    /// Seconds.
    public var retryAfter: Int?
    public var headers: HTTPFields = [:]
    /// Set for bodies that were not read to their end: the rest would be taken for the next request.
    public var closesConnection = false
    /// The reason stands in the log already, once: not each answer with it is an error there.
    public var isToldAlready = false

    public init(
        _ status: HTTPResponse.Status,
        _ slug: String,
        title: String,
        detail: String? = nil,
        errors: [FieldError] = []
    ) {
        self.status = status
        self.slug = slug
        self.title = title
        self.detail = detail
        self.errors = errors
        extra = [:]
    }

    /// A problem that passes by itself; `retryAfter` in seconds.
    public init(_ status: HTTPResponse.Status, _ slug: String, title: String, detail: String?, retryAfter: Int) {
        self.init(status, slug, title: title, detail: detail)
        self.retryAfter = max(1, retryAfter)
    }

    /// The same problem with one more member.
    public func with(_ member: String, _ value: some Encodable & Sendable) -> Problem {
        var copy = self
        copy.extra[member] = value
        return copy
    }

    /// The same problem, whose reason the log has heard.
    func toldAlready() -> Problem {
        var copy = self
        copy.isToldAlready = true
        return copy
    }

    /// The same problem with `Retry-After`.
    public func retry(after seconds: Int) -> Problem {
        var copy = self
        copy.retryAfter = max(1, seconds)
        return copy
    }
}

/// What is wrong with one field, as a sentence for the person who filled it in.
public struct FieldError: Sendable, Equatable, Codable {
    /// The path of the field, such as `lines.2.quantity`.
    public var field: String
    public var message: String

    public init(_ field: String, _ message: String) {
        self.field = field
        self.message = message
    }
}

/// An error that knows how it is told to the outside.
public protocol ProblemConvertible: Error {
    var problem: Problem { get }
}

/// The refusals of one use-case: one case for each sentence a person could be told.
public protocol Refusal: ProblemConvertible {
    /// Wraps what is not a refusal but a failure, so that throws stay typed.
    static func failed(_ error: any Error) -> Self
}

extension Problem: ProblemConvertible {
    public var problem: Problem { self }
}
