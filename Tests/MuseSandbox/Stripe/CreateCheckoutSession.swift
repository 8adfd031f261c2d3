/// `POST /v1/checkout/sessions`: reads the parameters as strictly as Stripe and opens a session.
struct CreateCheckoutSession: Sendable {
    static let shape = ParameterShape.fields([
        "mode": .value, "success_url": .value, "cancel_url": .value, "expires_at": .value,
        "customer_email": .value, "client_reference_id": .value, "metadata": .texts, "locale": .value,
        "submit_type": .value, "currency": .value, "ui_mode": .value, "customer_creation": .value,
        "billing_address_collection": .value, "allow_promotion_codes": .value,
        "payment_method_types": .list(.value), "phone_number_collection": .fields(["enabled": .value]),
        "automatic_tax": .fields(["enabled": .value]), "expand": .expand,
        "payment_intent_data": .fields(["metadata": .texts, "description": .value]),
        "line_items": .list(
            .fields([
                "quantity": .value, "price": .value,
                "price_data": .fields([
                    "currency": .value, "unit_amount": .value, "tax_behavior": .value, "product": .value,
                    "product_data": .fields(["name": .value, "description": .value, "metadata": .texts]),
                ]),
            ])),
    ])

    func callAsFunction(_ call: StripeCall, in state: inout StripeState) throws(StripeError) -> JSON {
        let parameters = call.parameters
        try refuseWhatIsNotSimulated(parameters)
        guard let success = try parameters.url("success_url") else { throw .missing("success_url") }
        let (lines, currency, total) = try CheckoutLines(parameters).read()
        let now = state.now
        let session = CheckoutSession(
            created: now, expiresAt: try expiry(parameters, now: now), lines: lines, currency: currency,
            total: total,
            links: .init(page: call.origin, success: success, cancel: try parameters.url("cancel_url")),
            terms: try terms(parameters))
        state.sessions.add(session, id: session.id)
        state.open.insert(session.id)
        state.nextExpiry = min(state.nextExpiry, session.expiresAt)
        return session.object
    }

    private func terms(_ parameters: StripeParameters) throws(StripeError) -> CheckoutSession.Terms {
        let email = try parameters.text("customer_email", atMost: 512)
        if let email, !EmailAddress.isValid(email) {
            throw .invalid("Invalid email address: \(email)", "customer_email", code: "email_invalid")
        }
        let payment = parameters.child("payment_intent_data")
        return .init(
            customerEmail: email,
            clientReference: try parameters.text("client_reference_id", atMost: 200),
            metadata: try parameters.metadata(),
            paymentMetadata: try payment?.metadata() ?? [:],
            paymentDescription: try payment?.text("description", atMost: 1000),
            locale: try parameters.choice("locale", Self.locales),
            submitType: try parameters.choice("submit_type", ["auto", "book", "donate", "pay", "subscribe"]))
    }

    private func expiry(_ parameters: StripeParameters, now: Int64) throws(StripeError) -> Int64 {
        guard let expiry = try parameters.integer("expires_at") else { return now + 86_400 }
        guard expiry >= now + 1800 else {
            throw .invalid(
                "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
                "expires_at")
        }
        guard expiry <= now + 86_400 else {
            throw .invalid(
                "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
                "expires_at")
        }
        return expiry
    }

    private func refuseWhatIsNotSimulated(_ parameters: StripeParameters) throws(StripeError) {
        guard let mode = try parameters.choice("mode", ["payment", "setup", "subscription"]) else {
            throw .missing("mode")
        }
        guard mode == "payment" else {
            throw .invalid("The sandbox opens sessions in payment mode only.", "mode", code: "sandbox_unsupported")
        }
        let modes = ["hosted", "embedded", "custom"]
        if let mode = try parameters.choice("ui_mode", modes), mode != "hosted" {
            throw .invalid("The sandbox has the hosted page only.", "ui_mode", code: "sandbox_unsupported")
        }
        if try parameters.child("automatic_tax")?.flag("enabled") == true {
            throw .invalid("The sandbox computes no tax.", "automatic_tax[enabled]", code: "sandbox_unsupported")
        }
    }

    private static let locales = [
        "auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA", "hr",
        "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk",
        "sl", "sv", "th", "tr", "vi", "zh", "zh-HK", "zh-TW",
    ]
}
