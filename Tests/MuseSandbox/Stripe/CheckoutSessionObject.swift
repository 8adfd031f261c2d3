/// The API object of a Checkout Session, with every field that Stripe sends for a payment.
extension CheckoutSession {
    var object: JSON {
        var fields = Self.constants
        fields["id"] = .string(id)
        fields["created"] = .integer(created)
        fields["expires_at"] = .integer(expiresAt)
        fields["amount_subtotal"] = .integer(total)
        fields["amount_total"] = .integer(total)
        fields["currency"] = .string(currency)
        fields["success_url"] = .string(links.success)
        fields["cancel_url"] = .text(links.cancel)
        fields["client_reference_id"] = .text(terms.clientReference)
        fields["customer_email"] = .text(terms.customerEmail)
        fields["metadata"] = .texts(terms.metadata)
        fields["locale"] = .text(terms.locale)
        fields["submit_type"] = .text(terms.submitType)
        fields["status"] = .string(status.rawValue)
        fields["payment_status"] = .string(paymentStatus.rawValue)
        fields["payment_intent"] = .text(paymentIntent)
        fields["url"] = status == .open ? .string(url) : .null
        fields["customer_details"] = customerDetails
        return .object(fields)
    }

    var lineItems: JSON {
        [
            "object": "list",
            "has_more": false,
            "url": .string("/v1/checkout/sessions/\(id)/line_items"),
            "data": .array(lines.map { $0.object(currency: currency, created: created) }),
        ]
    }

    private var customerDetails: JSON {
        guard let email = payer?.email ?? terms.customerEmail else { return .null }
        return [
            "email": .string(email), "name": .text(payer?.name), "address": nil, "phone": nil,
            "business_name": nil, "individual_name": nil,
            "tax_exempt": payer == nil ? nil : "none", "tax_ids": payer == nil ? nil : [],
        ]
    }

    private static let constants: [String: JSON] = [
        "object": "checkout.session", "mode": "payment", "livemode": false, "ui_mode": "hosted",
        "adaptive_pricing": nil, "after_expiration": nil, "allow_promotion_codes": nil,
        "automatic_tax": ["enabled": false, "liability": nil, "provider": nil, "status": nil],
        "billing_address_collection": nil, "client_secret": nil, "collected_information": nil, "consent": nil,
        "consent_collection": nil, "currency_conversion": nil, "custom_fields": [],
        "custom_text": [
            "after_submit": nil, "shipping_address": nil, "submit": nil, "terms_of_service_acceptance": nil,
        ],
        "customer": nil, "customer_creation": "if_required", "discounts": [], "invoice": nil,
        "invoice_creation": ["enabled": false], "origin_context": nil, "payment_link": nil,
        "payment_method_collection": "if_required", "payment_method_configuration_details": nil,
        "payment_method_options": [:], "payment_method_types": ["card"], "permissions": nil,
        "phone_number_collection": ["enabled": false], "recovered_from": nil,
        "saved_payment_method_options": nil, "setup_intent": nil, "shipping_address_collection": nil,
        "shipping_cost": nil, "shipping_options": [], "subscription": nil,
        "total_details": ["amount_discount": 0, "amount_shipping": 0, "amount_tax": 0], "wallet_options": nil,
    ]
}

extension CheckoutSession.Line {
    fileprivate func object(currency: String, created: Int64) -> JSON {
        [
            "id": .string(id), "object": "item", "description": .string(name), "quantity": .integer(quantity),
            "currency": .string(currency), "amount_subtotal": .integer(total), "amount_total": .integer(total),
            "amount_discount": 0, "amount_tax": 0, "metadata": [:],
            "price": [
                "id": .string(price), "object": "price", "active": false, "billing_scheme": "per_unit",
                "created": .integer(created), "currency": .string(currency), "livemode": false,
                "lookup_key": nil, "metadata": [:], "nickname": nil, "product": .string(product),
                "recurring": nil, "tax_behavior": .string(taxBehavior), "tiers_mode": nil,
                "transform_quantity": nil, "type": "one_time", "unit_amount": .integer(unitAmount),
                "unit_amount_decimal": .string(String(unitAmount)), "custom_unit_amount": nil,
            ],
        ]
    }
}
