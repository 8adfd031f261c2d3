/// Money given back from a charge.
struct Refund: Sendable {
    enum Status: String, Sendable { case pending, succeeded, failed }

    let id = StripeID.make("re_3", 23)
    let created: Int64
    let amount: Int64
    let currency: String
    let charge: String
    let paymentIntent: String
    let reason: String?
    let metadata: [String: String]
    var status: Status
    var failure: String?

    var object: JSON {
        var fields: [String: JSON] = [
            "id": .string(id), "object": "refund", "amount": .integer(amount), "created": .integer(created),
            "balance_transaction": .string(id.replacing("re_", with: "txn_")),
            "charge": .string(charge), "currency": .string(currency), "payment_intent": .string(paymentIntent),
            "destination_details": [
                "type": "card",
                "card": [
                    "type": "refund", "reference_status": "pending", "reference_type": "acquirer_reference_number",
                ],
            ],
            "metadata": .texts(metadata), "reason": .text(reason), "receipt_number": nil,
            "source_transfer_reversal": nil, "transfer_reversal": nil, "status": .string(status.rawValue),
        ]
        if let failure { fields["failure_reason"] = .string(failure) }
        return .object(fields)
    }
}
