import Foundation

extension MuseConfiguration {
    static func serviceSecrets(_ reader: VariableReader) -> [Secret] {
        if let values = reader.list("SERVICE_SECRET") {
            if reader.environment == .production, values.contains(where: { $0.utf8.count < 32 }) {
                reader.complain("SERVICE_SECRET", "must be at least 32 characters in production")
            }
            if values.isEmpty { reader.complain("SERVICE_SECRET", "holds no secret") }
            return values.map(Secret.init)
        }
        guard reader.environment == .development else {
            reader.complain("SERVICE_SECRET", "must be set outside development")
            return []
        }
        do {
            return try [ServiceSecretFile(path: ".muse/service-secret").value()]
        } catch {
            reader.complain("SERVICE_SECRET", "is not set and .muse/service-secret can't be written")
            return []
        }
    }

    /// A live key outside production would charge real cards from a test; a test key inside would give food away.
    static func stripe(_ reader: VariableReader) -> StripeSettings {
        let key = reader.text("STRIPE_SECRET_KEY", development: SandboxDefaults.stripeKey)
        let isLive = key.hasPrefix("sk_live_") || key.hasPrefix("rk_live_")
        if reader.environment == .production, !isLive, reader.optional("STRIPE_SECRET_KEY") != nil {
            reader.complain("STRIPE_SECRET_KEY", "must be a live key in production")
        }
        if reader.environment != .production, isLive {
            reader.complain("STRIPE_SECRET_KEY", "is a live key, which only production may use")
        }
        if reader.environment == .production, let publishable = reader.optional("STRIPE_PUBLISHABLE_KEY"),
            !publishable.hasPrefix("pk_live_")
        {
            reader.complain("STRIPE_PUBLISHABLE_KEY", "must be a live key in production")
        }
        let secrets = reader.text("STRIPE_WEBHOOK_SECRET", development: SandboxDefaults.webhookSecret)
        return StripeSettings(
            secretKey: Secret(key),
            webhookSecrets: secrets.split(separator: ",").map { Secret($0.trimmingCharacters(in: .whitespaces)) },
            publishableKey: reader.text(
                "STRIPE_PUBLISHABLE_KEY",
                development: SandboxDefaults.stripePublishableKey
            ),
            apiBase: outside(reader, "STRIPE_API_BASE", host: "api.stripe.com")
        )
    }

    static func email(_ reader: VariableReader) -> EmailSettings {
        let region = reader.text("AWS_REGION", development: SandboxDefaults.region)
        return EmailSettings(
            accessKeyID: reader.text("AWS_ACCESS_KEY_ID", development: SandboxDefaults.accessKeyID),
            secretAccessKey: reader.secret("AWS_SECRET_ACCESS_KEY", development: SandboxDefaults.secretAccessKey),
            region: region,
            endpoint: outside(reader, "SES_ENDPOINT", host: "email.\(region).amazonaws.com"),
            from: reader.text("EMAIL_FROM", development: SandboxDefaults.sender)
        )
    }

    /// All five variables or none of them.
    static func storage(_ reader: VariableReader) -> StorageSettings? {
        let names = ["R2_ENDPOINT", "R2_BUCKET", "R2_ACCESS_KEY_ID", "R2_SECRET_ACCESS_KEY", "R2_PUBLIC_URL"]
        let missing = names.filter { reader.optional($0) == nil }
        guard missing.count < names.count else { return nil }
        for name in missing { reader.complain(name, "is missing while other R2_ variables are set") }
        let bucket = reader.optional("R2_BUCKET") ?? ""
        if !bucket.isEmpty, bucket.wholeMatch(of: /[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/) == nil {
            reader.complain("R2_BUCKET", "must be the name of a bucket")
        }
        return StorageSettings(
            endpoint: storageAddress(reader, "R2_ENDPOINT"),
            bucket: bucket,
            region: reader.optional("R2_REGION") ?? "auto",
            accessKeyID: reader.optional("R2_ACCESS_KEY_ID") ?? "",
            secretAccessKey: Secret(reader.optional("R2_SECRET_ACCESS_KEY") ?? ""),
            publicURL: storageAddress(reader, "R2_PUBLIC_URL")
        )
    }

    private static func storageAddress(_ reader: VariableReader, _ variable: String) -> StorageAddress {
        let fallback = StorageAddress(origin: SandboxDefaults.origin)
        guard let value = reader.optional(variable) else { return fallback }
        guard let address = StorageAddress(value) else {
            reader.complain(variable, "must be http(s)://host[:port], with a plain path or none")
            return fallback
        }
        if reader.environment == .production, !address.origin.isSecure {
            reader.complain(variable, "must be an https address in production")
        }
        return address
    }

    static func google(_ reader: VariableReader) -> GoogleSettings {
        GoogleSettings(
            clientID: reader.text("GOOGLE_CLIENT_ID", development: SandboxDefaults.oauthID),
            clientSecret: reader.secret("GOOGLE_CLIENT_SECRET", development: SandboxDefaults.oauthSecret),
            issuer: reader.address(
                "GOOGLE_ISSUER",
                development: SandboxDefaults.origin.appending("/google"),
                production: "https://accounts.google.com"
            )
        )
    }

    static func facebook(_ reader: VariableReader) -> FacebookSettings {
        FacebookSettings(
            appID: reader.text("FACEBOOK_APP_ID", development: SandboxDefaults.oauthID),
            appSecret: reader.secret("FACEBOOK_APP_SECRET", development: SandboxDefaults.oauthSecret),
            graphBase: reader.address(
                "FACEBOOK_GRAPH_BASE",
                development: SandboxDefaults.origin.appending("/facebook"),
                production: "https://graph.facebook.com"
            ),
            dialogBase: reader.address(
                "FACEBOOK_DIALOG_BASE",
                development: SandboxDefaults.origin.appending("/facebook"),
                production: "https://www.facebook.com"
            )
        )
    }

    /// The real service in production, the sandbox elsewhere, unless the variable says otherwise.
    private static func outside(_ reader: VariableReader, _ variable: String, host: String) -> Origin {
        let real = Origin(scheme: "https", host: host, port: nil)
        let fallback = reader.environment == .production ? real : SandboxDefaults.origin
        return reader.origin(variable, default: fallback, requiredInProduction: false)
    }
}
