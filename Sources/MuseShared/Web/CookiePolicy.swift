import HTTPTypes
import Hummingbird

/// How the cookies of one service are named and marked.
///
/// Under https a name begins with `__Host-`, which browsers accept only as Secure, for the whole site and for this
/// host alone. The service's name is part of it, since two services on one development host share a cookie jar.
public struct CookiePolicy: Sendable {
    let prefix: String
    let isSecure: Bool

    public init(program: Program, url: Origin) {
        isSecure = url.isSecure
        prefix = (url.isSecure ? "__Host-" : "") + "muse-\(program.rawValue)-"
    }

    private init(prefix: String) {
        self.prefix = prefix
        isSecure = false
    }

    static let plain = CookiePolicy(prefix: "muse-")

    /// A cookie that scripts can't read and other sites don't send along.
    /// - Parameter maxAge: in seconds; without it the cookie ends with the browser.
    public func cookie(_ name: String, _ value: String, maxAge: Int? = nil) -> Cookie {
        Cookie(
            name: prefix + name,
            value: value,
            maxAge: maxAge,
            path: "/",
            secure: isSecure,
            httpOnly: true,
            sameSite: .lax
        )
    }

    /// A cookie that makes the browser forget `name`.
    public func removal(of name: String) -> Cookie {
        cookie(name, "", maxAge: 0)
    }

    func value(of name: String, in headers: HTTPFields) -> String? {
        let wanted = prefix + name
        for field in headers where field.name == .cookie {
            for pair in field.value.split(separator: ";") {
                let trimmed = pair.drop { $0 == " " }
                guard let separator = trimmed.firstIndex(of: "=") else { continue }
                if trimmed[..<separator] == wanted { return String(trimmed[trimmed.index(after: separator)...]) }
            }
        }
        return nil
    }
}
