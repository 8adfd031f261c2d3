import Foundation

/// A web origin: scheme, host and port, as browsers send it in `Origin`.
public struct Origin: Sendable, Hashable, CustomStringConvertible {
    public let scheme: String
    public let host: String
    /// Nil for the scheme's own port (80, 443), which browsers leave out.
    public let port: Int?

    /// Nil unless `text` is `http(s)://host[:port]` with no path, query or user.
    public init?(_ text: String) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", let host = parts.host?.lowercased(), !host.isEmpty,
            parts.path.isEmpty || parts.path == "/", parts.query == nil, parts.fragment == nil, parts.user == nil,
            parts.port.map({ (1...65535).contains($0) }) ?? true
        else { return nil }
        self.init(scheme: scheme, host: host, port: parts.port)
    }

    public init(scheme: String, host: String, port: Int?) {
        let ownPort = scheme == "https" ? 443 : 80
        self.scheme = scheme
        self.host = host
        self.port = port == ownPort ? nil : port
    }

    public var isSecure: Bool { scheme == "https" }

    /// `localhost`, 127.0.0.1 or ::1: a machine talking to itself.
    public var isLoopback: Bool { Self.loopbackHosts.contains(host) }

    public var description: String {
        port.map { "\(scheme)://\(host):\($0)" } ?? "\(scheme)://\(host)"
    }

    /// As a request's `Host` has it.
    var authority: String { port.map { "\(host):\($0)" } ?? host }

    /// The address of `path`, which must begin with a slash, at this origin.
    public func appending(_ path: String) -> String {
        path.hasPrefix("/") ? description + path : description + "/" + path
    }

    static let loopbackHosts: Set<String> = ["localhost", "127.0.0.1", "[::1]", "::1"]
}
