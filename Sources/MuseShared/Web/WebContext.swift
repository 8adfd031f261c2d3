import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// What the front door found out about a request before a route sees it.
public struct WebState: Sendable {
    public internal(set) var requestID = ""
    /// The client itself, seen through our own proxies.
    public internal(set) var client = NetworkAddress.unknown
    public internal(set) var head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/")
    public internal(set) var cookies = CookiePolicy.plain
    /// Where the open event streams of this program are counted.
    var streams: StreamGate?
    /// Bytes of body that this route takes.
    public internal(set) var bodyLimit = BodyLimits.ordinary
    /// The connection, to learn when it closes. Nil in tests without a network.
    public let channel: (any Channel)?

    public init(channel: (any Channel)? = nil) {
        self.channel = channel
    }

    /// The value of a cookie of this service, given by its short name.
    public func cookie(_ name: String) -> String? {
        cookies.value(of: name, in: head.headerFields)
    }
}

/// A request context that carries what the front door found.
public protocol WebContext: RequestContext {
    var web: WebState { get set }
}

extension WebContext {
    /// Shadows Hummingbird's own id, which traps where its application has not set one.
    public var id: String { web.requestID }
}

/// The context of every request before anyone is known: the root context of both services.
public struct VisitorContext: WebContext {
    public var coreContext: CoreRequestContextStorage
    public var web: WebState
    private var unmarkedLogger: Logger

    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        unmarkedLogger = source.logger
        web = WebState(channel: source.channel)
    }

    /// Carries the request id. Made when asked for, since most requests log nothing.
    public var logger: Logger {
        get {
            var logger = unmarkedLogger
            logger[metadataKey: "request"] = .string(web.requestID)
            return logger
        }
        set { unmarkedLogger = newValue }
    }
}
