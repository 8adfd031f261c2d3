/// What the stand-ins can be told; the defaults are those that the services have in development.
struct SandboxSettings: Sendable {
    struct AWS: Sendable {
        var keyID = "AKIAMUSESANDBOX00000"
        var secret = "muse-sandbox-secret-access-key"
        var region = "us-east-1"
    }

    var hostname = "127.0.0.1"
    var port = 8090
    var publicURL: String?
    var webhookURL = "http://localhost:8080/api/webhooks/stripe"
    var webhookSecrets = ["whsec_muse_sandbox"]
    var webhookEvents: Set<String> = [
        "checkout.session.completed", "checkout.session.expired", "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed", "payment_intent.succeeded", "charge.refunded", "refund.created",
        "refund.updated", "refund.failed", "charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed",
        "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated",
    ]
    var stripeKey = "sk_test_muse_sandbox"
    var paymentsDelay = 0.0
    var aws = AWS()
    var keep = 200_000
    var isQuiet = false
}
