/// One authenticated API request, with parameters that fit the endpoint's shape.
struct StripeCall: Sendable {
    /// The id in the path, or empty.
    let id: String
    let form: FormTree
    /// Scheme, host and port by which the caller reached the sandbox.
    let origin: String
    let requestID: String
    let idempotencyKey: String?

    var parameters: StripeParameters { .init(node: form) }
    var cause: StripeEvent.Origin { .init(requestID: requestID, idempotencyKey: idempotencyKey) }
    var expansions: [String] { parameters.values("expand") }
}
