/// One attempt to move the money of a payment.
struct Charge: Sendable {
    enum Method: Sendable {
        case card(last4: String)
        case bankDebit
    }

    let id = StripeID.make("ch_3", 23)
    let created: Int64
    let amount: Int64
    let currency: String
    let paymentIntent: String
    let email: String
    let method: Method
    let paymentMethod: String
    let metadata: [String: String]
    let succeeded: Bool
    var refunded: Int64 = 0

    var rest: Int64 { amount - refunded }

    var object: JSON {
        [
            "id": .string(id), "object": "charge", "amount": .integer(amount),
            "amount_captured": .integer(succeeded ? amount : 0), "amount_refunded": .integer(refunded),
            "balance_transaction": succeeded ? .string(id.replacing("ch_", with: "txn_")) : nil,
            "billing_details": ["address": nil, "email": .string(email), "name": nil, "phone": nil],
            "calculated_statement_descriptor": "MUSE & CO", "captured": .bool(succeeded),
            "created": .integer(created), "currency": .string(currency), "customer": nil, "description": nil,
            "disputed": false, "failure_code": succeeded ? nil : "card_declined",
            "failure_message": succeeded ? nil : "Your card was declined.", "fraud_details": [:],
            "invoice": nil, "livemode": false, "metadata": .texts(metadata), "on_behalf_of": nil,
            "outcome": [
                "network_status": succeeded ? "approved_by_network" : "declined_by_network",
                "reason": succeeded ? nil : "generic_decline", "risk_level": "normal", "risk_score": 12,
                "seller_message": succeeded ? "Payment complete." : "The bank did not return any further details.",
                "type": succeeded ? "authorized" : "issuer_declined",
            ],
            "paid": .bool(succeeded), "payment_intent": .string(paymentIntent),
            "payment_method": .string(paymentMethod), "payment_method_details": methodDetails,
            "receipt_email": nil, "receipt_number": nil, "receipt_url": nil,
            "refunded": .bool(succeeded && rest == 0), "review": nil, "shipping": nil,
            "status": succeeded ? "succeeded" : "failed", "transfer_data": nil, "transfer_group": nil,
        ]
    }

    private var methodDetails: JSON {
        switch method {
        case .card(let last4):
            [
                "type": "card",
                "card": [
                    "brand": "visa", "country": "US", "exp_month": 12, "exp_year": 2030, "funding": "credit",
                    "last4": .string(last4), "network": "visa", "wallet": nil, "three_d_secure": nil,
                    "checks": [
                        "address_line1_check": nil, "address_postal_code_check": nil, "cvc_check": "pass",
                    ],
                ],
            ]
        case .bankDebit:
            [
                "type": "us_bank_account",
                "us_bank_account": [
                    "account_holder_type": "individual", "account_type": "checking",
                    "bank_name": "SANDBOX BANK", "last4": "6789", "routing_number": "110000000",
                ],
            ]
        }
    }
}
