import MuseShared

/// What the API of the customer service can do, in sentences.
enum DescribeCustomerAPI {
    static let sentences = [
        "GET /api/menu": "The published menu, with an `ETag`; 304 for `If-None-Match`.",
        "GET /api/menu/stream":
            "Server-sent events: `menu` with the version at once and after each change, also when an "
            + "item returns by its time; `ping` in between.",
        "POST /api/quotes": "What an order would cost, with the derivation, and what its promo code does or exactly "
            + "why not; nothing is reserved.",
        "POST /api/orders": "Place an order: reserves what it needs and opens its payment. The same key and body give "
            + "the same answer; the same key with another body is refused.",
        "GET /api/orders/{id}": "One order with lines, totals, refunds and timeline, for who has its token.",
        "GET /api/orders/{id}/stream": "The same as server-sent events: `order` after each change, `ping` in between.",
        "GET /api/pickup": "The pickup board as markup: numbers and a first letter of what is being made and ready.",
        "GET /api/pickup/stream": "The same as server-sent events: `pickup` whenever it looks different.",
        "POST /api/webhooks/stripe": "What Stripe tells, signed.",
        "POST /api/send-email": "Queue a message, for services of ours: a service token and an allowed `Origin`.",
        "OPTIONS /api/send-email": "Answers a browser that asks before it sends.",
        "GET /api/openapi.json": "This document.",
    ]

    static var describe: DescribeAPI {
        DescribeAPI(
            title: "Muse & Co customer API", sentences: sentences,
            parameters: [
                "POST /api/orders": [.header("Idempotency-Key")],
                "GET /api/orders/{id}": [.query("token")],
                "GET /api/orders/{id}/stream": [.query("token")],
                "POST /api/send-email": [.header("Origin")],
                "OPTIONS /api/send-email": [.header("Origin")],
            ],
            schemes: ["service": .header("Authorization"), "stripe": .header("Stripe-Signature")],
            needs: { operation in
                switch operation {
                case "POST /api/send-email": "service"
                case "POST /api/webhooks/stripe": "stripe"
                default: nil
                }
            })
    }
}
