/// A refusal in the shape of Stripe's error object.
struct StripeError: Error, Sendable {
    var status = 400
    var type = "invalid_request_error"
    var code: String?
    var message: String
    var param: String?
    /// Stripe stores the answer under the idempotency key only once an endpoint has begun to execute;
    /// what fails validation may be repeated with the same key.
    var isStored = false

    var object: JSON {
        var fields: [String: JSON] = ["type": .string(type), "message": .string(message)]
        if let code {
            fields["code"] = .string(code)
            fields["doc_url"] = .string("https://stripe.com/docs/error-codes/\(code.replacing("_", with: "-"))")
        }
        if let param { fields["param"] = .string(param) }
        return ["error": .object(fields)]
    }

    static func missing(_ param: String) -> StripeError {
        StripeError(code: "parameter_missing", message: "Missing required param: \(param).", param: param)
    }

    static func unknown(_ param: String) -> StripeError {
        StripeError(code: "parameter_unknown", message: "Received unknown parameter: \(param)", param: param)
    }

    static func invalid(_ message: String, _ param: String, code: String? = nil) -> StripeError {
        StripeError(code: code, message: message, param: param)
    }

    static func noSuch(_ kind: String, _ id: String, param: String, status: Int = 404) -> StripeError {
        StripeError(
            status: status, code: "resource_missing", message: "No such \(kind): '\(id)'", param: param)
    }

    static func state(_ message: String, code: String? = nil, param: String? = nil) -> StripeError {
        StripeError(code: code, message: message, param: param, isStored: true)
    }
}
