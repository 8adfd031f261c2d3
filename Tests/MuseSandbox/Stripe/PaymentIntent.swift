/// The payment behind a session. It exists from the first attempt to pay.
struct PaymentIntent: Sendable {
    enum Status: String, Sendable {
        case requiresPaymentMethod = "requires_payment_method"
        case processing, succeeded
    }

    let id = StripeID.make("pi_3", 23)
    let created: Int64
    let amount: Int64
    let currency: String
    let description: String?
    let metadata: [String: String]
    let paymentMethod = StripeID.make("pm_1", 23)
    var status = Status.requiresPaymentMethod
    var latestCharge: String?
    var lastError: JSON = .null

    var object: JSON {
        [
            "id": .string(id), "object": "payment_intent", "amount": .integer(amount),
            "amount_capturable": 0, "amount_details": ["tip": [:]],
            "amount_received": .integer(status == .succeeded ? amount : 0),
            "application": nil, "application_fee_amount": nil, "automatic_payment_methods": nil,
            "canceled_at": nil, "cancellation_reason": nil, "capture_method": "automatic_async",
            "client_secret": .string("\(id)_secret_sandbox"), "confirmation_method": "automatic",
            "created": .integer(created), "currency": .string(currency), "customer": nil,
            "description": .text(description), "last_payment_error": lastError,
            "latest_charge": .text(latestCharge), "livemode": false, "metadata": .texts(metadata),
            "next_action": nil, "on_behalf_of": nil,
            "payment_method": status == .requiresPaymentMethod ? nil : .string(paymentMethod),
            "payment_method_options": ["card": ["request_three_d_secure": "automatic"]],
            "payment_method_types": ["card"], "processing": nil, "receipt_email": nil, "review": nil,
            "setup_future_usage": nil, "shipping": nil, "source": nil, "statement_descriptor": nil,
            "statement_descriptor_suffix": nil, "status": .string(status.rawValue), "transfer_data": nil,
            "transfer_group": nil,
        ]
    }
}
