import HTTPTypes

/// Refuses state-changing requests that another site made a visitor's browser send.
struct CheckOrigin: Sendable {
    let own: Origin
    let acceptsLoopback: Bool

    /// - Throws: 403 unless `Origin` is our own, or there is none and the browser says `same-origin`.
    ///
    /// Routes that other servers call are not asked at all (``SiteRules/exemptFromOriginCheck``). No header opens another.
    func callAsFunction(_ head: HTTPRequest) throws(Problem) {
        if let origin = head.headerFields[.origin] {
            if isOwn(origin, host: head.authority) { return }
        } else if head.headerFields[.fetchSite] == "same-origin" {
            return
        }
        throw Problem(
            .forbidden,
            "bad-origin",
            title: "This came from another site.",
            detail: "Open the page here and send it again."
        )
    }

    /// In development the service is reached as localhost and as 127.0.0.1, and on a port chosen at start:
    /// there the origin counts as own when it is the very host the request was sent to.
    private func isOwn(_ text: String, host: String?) -> Bool {
        if text == own.description { return true }
        guard acceptsLoopback, let host, let origin = Origin(text), origin.isLoopback else { return false }
        return text == "http://\(host)"
    }
}

extension HTTPField.Name {
    static let fetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin
    /// The first `Host` is the request's authority: what is left under this name is a second one.
    static let secondHost = HTTPField.Name("Host") ?? .via
    static let requestID = HTTPField.Name("X-Request-Id") ?? .via
    static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .via
    static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .via
    static let permissionsPolicy = HTTPField.Name("Permissions-Policy") ?? .via
    static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy") ?? .via
}
