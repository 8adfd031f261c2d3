import HTTPTypes

/// Which requests a service treats unlike the others: larger bodies, no origin check, other rate limits.
public struct SiteRules: Sendable {
    /// Larger bodies than the ordinary ones.
    public var bodies: BodyLimits
    /// Paths that other servers call, which send no `Origin`; they prove themselves by a signature.
    public var exemptFromOriginCheck: [String]
    /// Prefixes that are counted against no limit.
    public var unlimited: [String]
    /// Writes below these prefixes count against the strict limit; all writes when it is nil.
    public var strictWrites: [String]?
    /// What is sent like a write and stores nothing: it counts as a read.
    public var lenientWrites: [String] = []
    /// Whether this service's pages may use the camera (for scanning codes).
    public var allowsCamera: Bool

    private static let quiet = ["/assets/", "/media/", "/healthz", "/readyz", "/metrics"]

    /// Everyone may write here, so every write counts, but for filling a cart, which only the browser keeps: a guest
    /// who chooses for a whole table taps more often than twenty times a minute.
    public static let customer = SiteRules(
        bodies: BodyLimits(larger: [.init(method: .post, prefix: "/api/webhooks/", bytes: 262_144)]),
        exemptFromOriginCheck: ["/api/webhooks/", "/api/send-email"],
        unlimited: quiet + ["/api/webhooks/"],
        strictWrites: nil,
        lenientWrites: ["/cart/", "/api/quotes"],
        allowsCamera: false
    )

    /// Staff tap a board all evening behind one address: only what the unknown may call is held to the strict limit.
    public static let admin = SiteRules(
        bodies: BodyLimits(larger: [
            .init(method: .put, prefix: "/api/menu/items/", suffix: "/image", bytes: 8_388_608),
            // A form has the description and its own frame around the photo.
            .init(method: .post, prefix: "/api/menu/items/", suffix: "/image", bytes: 8_388_608 + 10_240),
        ]),
        exemptFromOriginCheck: [],
        unlimited: quiet,
        strictWrites: ["/api/auth/", "/sign-in", "/accept-invitation"],
        allowsCamera: true
    )

    func isUnlimited(_ path: some StringProtocol) -> Bool {
        unlimited.contains { path.hasPrefix($0) }
    }

    func isStrict(_ path: some StringProtocol) -> Bool {
        guard !lenientWrites.contains(where: { path.hasPrefix($0) }) else { return false }
        return strictWrites.map { $0.contains { path.hasPrefix($0) } } ?? true
    }

    func needsOrigin(_ path: some StringProtocol) -> Bool {
        !exemptFromOriginCheck.contains { path.hasPrefix($0) }
    }
}

/// How many bytes of body each route takes.
public struct BodyLimits: Sendable {
    public struct Larger: Sendable {
        let method: HTTPRequest.Method
        let prefix: String
        var suffix = ""
        let bytes: Int
    }

    public static let ordinary = 10_240
    /// Up to here a body is collected before its route runs. Beyond it, the route reads it after it knows who sends it.
    static let collected = 262_144
    let larger: [Larger]

    func limit(_ method: HTTPRequest.Method, _ path: some StringProtocol) -> Int {
        let rule = larger.first { $0.method == method && path.hasPrefix($0.prefix) && path.hasSuffix($0.suffix) }
        return rule?.bytes ?? Self.ordinary
    }
}
