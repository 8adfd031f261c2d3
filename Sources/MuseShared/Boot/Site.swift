import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Metrics
import NIOCore

/// One web program before it has routes: its files, its pages, and what guards its door.
public struct Site: Sendable {
    public let configuration: MuseConfiguration
    public let logger: Logger
    let folders: SiteFolders
    public let files: SiteFiles
    public let renderer: PageRenderer
    public var rules: SiteRules
    public var limits: ConnectionLimits
    let limiter: RateLimiter
    let state = ServingState()

    /// - Parameter facts: what every page knows of the venue, as `site`.
    /// - Throws: ``SiteFilesError`` when a template or asset can't be used.
    public init(
        configuration: MuseConfiguration,
        folders: SiteFolders,
        logger: Logger,
        facts: @escaping @Sendable () -> any Encodable & Sendable
    ) throws {
        self.configuration = configuration
        self.logger = logger
        self.folders = folders
        files = try SiteFiles(folders: folders, isLive: configuration.isDevelopment)
        renderer = PageRenderer(files: files, facts: facts)
        rules = configuration.program == .customer ? .customer : .admin
        limits = .standard(configuration.environment)
        limiter = RateLimiter(
            strictLimit: configuration.writeLimitPerMinute,
            readLimit: configuration.readLimitPerMinute,
            path: Self.limitsPath(configuration.databaseURL),
            logger: logger
        )
    }

    /// A router with the addresses that every service has: health, readiness, metrics and assets.
    /// - Parameter ready: throws when the service could not answer its requests.
    public func makeRouter(ready: @escaping @Sendable () async throws -> Void) -> Router<VisitorContext> {
        let router = Router(context: VisitorContext.self, options: [.autoGenerateHeadEndpoints])
        OperationRoutes(site: self, ready: ready).add(to: router)
        return router
    }

    /// The responder to serve: `router` behind the front door.
    public func frontDoor(_ router: Router<VisitorContext>) -> FrontDoor<RouterResponder<VisitorContext>> {
        let responder = router.buildResponder()
        let routes = RouteTable(router)
        return FrontDoor(
            inner: responder,
            routes: routes,
            rules: rules,
            security: SecurityHeaders(configuration: configuration, allowsCamera: rules.allowsCamera),
            checkOrigin: CheckOrigin(own: configuration.listener.url, acceptsLoopback: configuration.isDevelopment),
            findClient: FindClientAddress(trustedProxies: configuration.trustedProxies),
            limiter: limiter,
            streams: StreamGate(perAddress: configuration.streamsPerAddress),
            cookies: CookiePolicy(program: configuration.program, url: configuration.listener.url),
            problems: ProblemResponder(page: problemPage),
            meters: RequestMeters(templates: routes.templates),
            accessLog: AccessLog(threshold: logger.logLevel)
        )
    }

    private func problemPage(_ problem: Problem, _ web: WebState) -> Response? {
        guard renderer.has(ProblemPage.template) else { return nil }
        let home = ProblemPage.Action(href: "/", label: "Go to the home page", isQuiet: true)
        let page = ProblemPage(problem, requestID: web.requestID, home: home)
        do {
            return try renderer.html(page, status: problem.status, web)
        } catch {
            logger.error("the problem page fails", metadata: ["error": .string("\(error)")])
            return nil
        }
    }

    /// Beside a SQLite file. With another engine, or a database in memory, each process counts for itself.
    private static func limitsPath(_ databaseURL: String) -> String? {
        guard databaseURL.hasPrefix("sqlite:") else { return nil }
        let path = databaseURL.dropFirst("sqlite:".count)
        return path.isEmpty || path.contains(":memory:") ? nil : path + "-limits"
    }
}
