import HTTPTypes

/// The headers that every response carries, made once at start.
struct SecurityHeaders: Sendable {
    let fields: HTTPFields

    init(configuration: MuseConfiguration, allowsCamera: Bool) {
        var fields: HTTPFields = [
            .contentSecurityPolicy: Self.policy(configuration),
            .xContentTypeOptions: "nosniff",
            .referrerPolicy: "strict-origin-when-cross-origin",
            .permissionsPolicy:
                "camera=(\(allowsCamera ? "self" : "")), microphone=(), geolocation=(), payment=(), usb=()",
            .openerPolicy: "same-origin",
        ]
        if configuration.listener.url.isSecure {
            fields[.strictTransportSecurity] = "max-age=63072000; includeSubDomains"
        }
        self.fields = fields
    }

    /// Names Stripe in `form-action` because Chromium holds the redirect that follows a form to it as well.
    private static func policy(_ configuration: MuseConfiguration) -> String {
        var pay = "https://checkout.stripe.com"
        let sandbox = configuration.stripe.apiBase
        if configuration.environment != .production, sandbox.host != "api.stripe.com" {
            pay += " \(sandbox)"
            // The sandbox is reached under both names of this machine, and a browser tells them apart.
            if sandbox.isLoopback { pay += " \(Origin(scheme: "http", host: "localhost", port: sandbox.port))" }
        }
        let media = configuration.storage.map { " \($0.publicURL.origin)" } ?? ""
        return [
            "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:\(media)",
            "connect-src 'self'", "form-action 'self' \(pay)", "object-src 'none'", "base-uri 'none'",
            "frame-ancestors 'none'",
        ].joined(separator: "; ")
    }
}
