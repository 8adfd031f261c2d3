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
    public var endpoint: StorageAddress
    public var bucket: String
    /// R2 has only `auto`; others have real ones.
    public var region: String
    public var accessKeyID: String
    public var secretAccessKey: Secret
    /// Where browsers find what is in the bucket.
    public var publicURL: StorageAddress
}

/// Where a storage is: an origin, and a path when it shares that origin with others.
public struct StorageAddress: Sendable, Hashable, CustomStringConvertible {
    public let origin: Origin
    /// Empty, or `/a/b` without a slash at its end.
    public let path: String

    public init(origin: Origin, path: String = "") {
        self.origin = origin
        self.path = path
    }

    /// Nil unless `text` is `http(s)://host[:port][/plain/segments]`.
    public init?(_ text: String) {
        guard let scheme = text.firstRange(of: "://") else { return nil }
        let slash = text[scheme.upperBound...].firstIndex(of: "/") ?? text.endIndex
        guard let origin = Origin(String(text[..<slash])) else { return nil }
        let segments = text[slash...].split(separator: "/", omittingEmptySubsequences: true)
        guard segments.allSatisfy({ $0.wholeMatch(of: /[A-Za-z0-9_~-][A-Za-z0-9._~-]*/) != nil }) else { return nil }
        self.init(origin: origin, path: segments.map { "/\($0)" }.joined())
    }

    public var description: String { "\(origin)\(path)" }
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
