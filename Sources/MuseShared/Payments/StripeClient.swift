/// The few calls we make of Stripe, as closures: a test overrides one, and any other fails by its name.
public struct StripeClient: Sendable {
    /// Opens a Checkout Session; the key makes a repeated call return the first one's session.
    public var createSession: @Sendable (CheckoutSessionRequest, _ idempotencyKey: String) async throws -> StripeSession
    public var retrieveSession: @Sendable (_ id: String) async throws -> StripeSession
    /// Ends an open session, so that nobody can pay it any more.
    public var expireSession: @Sendable (_ id: String, _ idempotencyKey: String) async throws -> StripeSession
    /// Returns money of a payment.
    public var createRefund: @Sendable (RefundRequest, _ idempotencyKey: String) async throws -> StripeRefund
    public var retrieveRefund: @Sendable (_ id: String) async throws -> StripeRefund = { _ in
        throw UnexpectedCall(name: "retrieveRefund")
    }
    public var retrieveDispute: @Sendable (_ id: String) async throws -> StripeDispute = { _ in
        throw UnexpectedCall(name: "retrieveDispute")
    }
    /// One page of sessions, refunds or disputes, newest first.
    public var listSessions: @Sendable (StripeListing) async throws -> StripePage<StripeSession> = { _ in
        throw UnexpectedCall(name: "listSessions")
    }
    public var listRefunds: @Sendable (StripeListing) async throws -> StripePage<StripeRefund> = { _ in
        throw UnexpectedCall(name: "listRefunds")
    }
    public var listDisputes: @Sendable (StripeListing) async throws -> StripePage<StripeDispute> = { _ in
        throw UnexpectedCall(name: "listDisputes")
    }

    public init(
        createSession: @escaping @Sendable (CheckoutSessionRequest, String) async throws -> StripeSession = { _, _ in
            throw UnexpectedCall(name: "createSession")
        },
        retrieveSession: @escaping @Sendable (String) async throws -> StripeSession = { _ in
            throw UnexpectedCall(name: "retrieveSession")
        },
        expireSession: @escaping @Sendable (String, String) async throws -> StripeSession = { _, _ in
            throw UnexpectedCall(name: "expireSession")
        },
        createRefund: @escaping @Sendable (RefundRequest, String) async throws -> StripeRefund = { _, _ in
            throw UnexpectedCall(name: "createRefund")
        }
    ) {
        self.createSession = createSession
        self.retrieveSession = retrieveSession
        self.expireSession = expireSession
        self.createRefund = createRefund
    }

    /// A call that nobody prepared for.
    public struct UnexpectedCall: Error {
        public let name: String

        public init(name: String) {
            self.name = name
        }
    }
}

/// A Checkout Session as Stripe tells it; docs.stripe.com/api/checkout/sessions/object.
public struct StripeSession: Sendable, Codable, Equatable {
    public let id: String
    /// Where the guest pays; nil once it is complete or expired.
    public let url: String?
    /// `open`, `complete` or `expired`.
    public let status: String
    /// `paid`, `unpaid` or `no_payment_required`.
    public let paymentStatus: String
    public let amountTotal: Int64?
    public let currency: String?
    /// The id of our `checkout_sessions` row.
    public let clientReferenceID: String?
    public let paymentIntent: String?

    public init(
        id: String, url: String? = nil, status: String, paymentStatus: String, amountTotal: Int64? = nil,
        currency: String? = nil, clientReferenceID: String? = nil, paymentIntent: String? = nil
    ) {
        self.id = id
        self.url = url
        self.status = status
        self.paymentStatus = paymentStatus
        self.amountTotal = amountTotal
        self.currency = currency
        self.clientReferenceID = clientReferenceID
        self.paymentIntent = paymentIntent
    }

    enum CodingKeys: String, CodingKey {
        case id, url, status, currency
        case paymentStatus = "payment_status"
        case amountTotal = "amount_total"
        case clientReferenceID = "client_reference_id"
        case paymentIntent = "payment_intent"
    }

    public var isPaid: Bool { status == "complete" && paymentStatus != "unpaid" }
    public var isExpired: Bool { status == "expired" }
    /// A delayed method: the guest is done, the money is not here yet.
    public var isProcessing: Bool { status == "complete" && paymentStatus == "unpaid" }
}

public struct RefundRequest: Sendable {
    public let paymentIntent: String
    public let amountMinor: Int64
    /// Our refund's id, for whoever reads Stripe's dashboard.
    public let refundID: String
}

/// What we ask Stripe to charge: our derivation, line by line.
public struct CheckoutSessionRequest: Sendable {
    public struct Line: Sendable {
        public let name: String
        public let description: String
        public let unitAmountMinor: Int64
        public let quantity: Int64
    }

    public let referenceID: String
    public let orderID: String
    public let currency: String
    public let email: String
    public let lines: [Line]
    public let successURL: String
    public let cancelURL: String
    public let expiresAt: Timestamp
}

/// What can go wrong between us and Stripe.
public enum StripeFailure: Error, Sendable {
    /// Stripe understood and refused; docs.stripe.com/api/errors.
    case refused(status: Int, code: String, message: String)
    /// The same call is being answered right now: its result will be there in a moment.
    case inProgress
    /// No answer, or one that asks to come again: the call may or may not have happened.
    case unavailable(String)
}
