/// Which objects of a list are wanted; docs.stripe.com/api/pagination.
public struct StripeListing: Sendable {
    /// Only objects made at this moment or later.
    public var since: Timestamp?
    /// The last id of the page before.
    public var after: String?
    /// Only those of one payment.
    public var paymentIntent: String?

    public init(since: Timestamp? = nil, after: String? = nil, paymentIntent: String? = nil) {
        self.since = since
        self.after = after
        self.paymentIntent = paymentIntent
    }

    var query: [(String, String)] {
        var query = [("limit", "100")]
        if let since { query.append(("created[gte]", String(since.unixSeconds))) }
        if let after { query.append(("starting_after", after)) }
        if let paymentIntent { query.append(("payment_intent", paymentIntent)) }
        return query
    }

    /// Every object of a list, page after page.
    static func all<Element: StripeObject>(
        _ listing: StripeListing, _ page: (StripeListing) async throws -> StripePage<Element>
    ) async throws -> [Element] {
        var next = listing
        var found: [Element] = []
        while true {
            let answer = try await page(next)
            found += answer.data
            guard answer.hasMore, let last = answer.data.last else { return found }
            next.after = last.id
        }
    }
}

public protocol StripeObject: Sendable, Codable {
    var id: String { get }
}

extension StripeSession: StripeObject {}

public struct StripePage<Element: StripeObject>: Sendable, Codable {
    public let data: [Element]
    public let hasMore: Bool

    public init(data: [Element], hasMore: Bool = false) {
        self.data = data
        self.hasMore = hasMore
    }

    enum CodingKeys: String, CodingKey {
        case data
        case hasMore = "has_more"
    }
}

/// docs.stripe.com/api/refunds/object
public struct StripeRefund: StripeObject, Equatable {
    public let id: String
    /// `pending`, `succeeded`, `failed`, `requires_action` or `canceled`.
    public let status: String
    public let amount: Int64
    public var paymentIntent: String?
    public var metadata: [String: String]?
    /// `expired_or_canceled_card`, `lost_or_stolen_card`, …
    public var failureReason: String?

    public init(
        id: String, status: String, amount: Int64, paymentIntent: String? = nil, metadata: [String: String]? = nil,
        failureReason: String? = nil
    ) {
        self.id = id
        self.status = status
        self.amount = amount
        self.paymentIntent = paymentIntent
        self.metadata = metadata
        self.failureReason = failureReason
    }

    enum CodingKeys: String, CodingKey {
        case id, status, amount, metadata
        case paymentIntent = "payment_intent"
        case failureReason = "failure_reason"
    }

    var hasSucceeded: Bool { status == "succeeded" }
    var hasFailed: Bool { status == "failed" || status == "canceled" }
}

/// docs.stripe.com/api/disputes/object
public struct StripeDispute: StripeObject, Equatable {
    public struct Evidence: Sendable, Codable, Equatable {
        public let dueBy: Int64?

        public init(dueBy: Int64?) {
            self.dueBy = dueBy
        }

        enum CodingKeys: String, CodingKey { case dueBy = "due_by" }
    }

    public let id: String
    public let amount: Int64
    public let status: String
    public let reason: String
    public let paymentIntent: String?
    public let created: Int64
    public let evidenceDetails: Evidence?

    public init(
        id: String, amount: Int64, status: String, reason: String = "general", paymentIntent: String?, created: Int64,
        dueBy: Int64? = nil
    ) {
        self.id = id
        self.amount = amount
        self.status = status
        self.reason = reason
        self.paymentIntent = paymentIntent
        self.created = created
        evidenceDetails = Evidence(dueBy: dueBy)
    }

    enum CodingKeys: String, CodingKey {
        case id, amount, status, reason, created
        case paymentIntent = "payment_intent"
        case evidenceDetails = "evidence_details"
    }

    /// An inquiry: the bank asks, and no money has moved.
    var isInquiry: Bool { status.hasPrefix("warning_") }
    var isWon: Bool { status == "won" }
}
