/// Which of the two services a process is.
public enum Program: String, Sendable {
    case customer, admin

    /// The name of the executable, as people know it.
    public var title: String {
        switch self {
        case .customer: "MuseCustomer"
        case .admin: "MuseAdmin"
        }
    }
}

/// What both services are told from outside, checked and typed.
public struct MuseConfiguration: Sendable {
    public enum Environment: String, Sendable {
        case development, preview, production
    }

    /// Where a service listens, and the origin under which the world reaches it.
    public struct Listener: Sendable {
        public var host: String
        public var port: Int
        public var url: Origin
    }

    public var program: Program
    public var environment: Environment
    public var databaseURL: String
    /// Off only on demand and only in development: it is the negative control of the durability test.
    public var durability: Durability
    /// Off only on demand: it is the control of the measurement of the write path. Safe, and several times slower.
    public var usesGroupCommit: Bool
    public var customer: Listener
    public var admin: Listener
    public var customerInternalURL: Origin
    public var corsAllowedOrigins: [Origin]
    /// The first signs, all of them verify, so that the secret can roll.
    public var serviceSecrets: [Secret]
    public var stripe: StripeSettings
    public var email: EmailSettings
    /// Nil keeps media in files under `.muse/media`.
    public var storage: StorageSettings?
    public var google: GoogleSettings
    public var facebook: FacebookSettings
    public var staffEmailDomains: [String]
    /// Writes of the public API per client address and minute.
    public var writeLimitPerMinute: Int
    /// Reads of pages and data per client address and minute.
    public var readLimitPerMinute: Int
    /// Open event streams per client address, also of one that comes through our own proxy.
    public var streamsPerAddress: Int
    public var trustedProxies: [AddressRange]
    public var holdMinutes: Int
    public var metricsToken: Secret?

    public var listener: Listener {
        get { program == .customer ? customer : admin }
        set {
            switch program {
            case .customer: customer = newValue
            case .admin: admin = newValue
            }
        }
    }

    public var isDevelopment: Bool { environment == .development }

    /// Where media is kept without a storage: beside the database file, so that both services have the same.
    public var mediaPath: String {
        let file = databaseURL.hasPrefix("sqlite:") ? String(databaseURL.dropFirst("sqlite:".count)) : ""
        guard !file.isEmpty, !file.contains(":memory:") else { return ".muse/media" }
        return file.contains("/") ? file.prefix(upTo: file.lastIndex(of: "/") ?? file.endIndex) + "/media" : "media"
    }

    /// The folder for media; nil if it is kept in a storage.
    public var mediaFolder: MediaFolder? {
        storage == nil ? MediaFolder(path: mediaPath) : nil
    }

    public var mediaLinks: MediaLinks {
        storage.map { MediaLinks(base: $0.publicURL.description) } ?? .local
    }
}
