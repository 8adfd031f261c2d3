/// What development uses while nothing is configured: the keys and addresses of `MuseSandbox` on its usual port.
enum SandboxDefaults {
    static let origin = Origin(scheme: "http", host: "127.0.0.1", port: 8090)
    static let stripeKey = "sk_test_muse_sandbox"
    static let stripePublishableKey = "pk_test_muse_sandbox"
    static let webhookSecret = "whsec_muse_sandbox"
    static let accessKeyID = "AKIAMUSESANDBOX00000"
    static let secretAccessKey = "muse-sandbox-secret-access-key"
    static let region = "us-east-1"
    static let sender = "Muse & Co <hello@ncmuse.co>"
    static let oauthID = "muse-sandbox"
    static let oauthSecret = "muse-sandbox-secret"
}
