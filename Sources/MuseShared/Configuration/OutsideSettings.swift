public struct StripeSettings: Sendable {
    public var secretKey: Secret
    /// Any of them may have signed an event.
    public var webhookSecrets: [Secret]
    public var publishableKey: String
    public var apiBase: Origin
}

/// Amazon SES version 2.
public struct EmailSettings: Sendable {
    public var accessKeyID: String
    public var secretAccessKey: Secret
    public var region: String
    public var endpoint: Origin
    /// An address, or a name with an address in angle brackets.
    public var from: String
}

/// S3-compatible storage, addressed path-style.
public struct StorageSettings: Sendable {
    public var endpoint: Origin
    public var bucket: String
    public var accessKeyID: String
    public var secretAccessKey: Secret
    public var publicURL: Origin
}

public struct GoogleSettings: Sendable {
    public var clientID: String
    public var clientSecret: Secret
    /// Where OpenID Connect discovery starts.
    public var issuer: String
}

public struct FacebookSettings: Sendable {
    public var appID: String
    public var appSecret: Secret
    public var graphBase: String
    public var dialogBase: String
}
