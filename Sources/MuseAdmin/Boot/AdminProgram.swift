import Hummingbird
import Logging
import MuseShared
import NIOCore
import ServiceLifecycle

/// The composition root of the staff service: everything it is made of is put together here, and nowhere else.
struct AdminProgram: Sendable {
    let configuration: MuseConfiguration
    let database: Database
    let logger: Logger
    let site: Site
    let desk: StaffDesk
    private let http = OutgoingHTTP()
    private let storage: StorageClient

    /// - Parameters:
    ///   - storage: in the place of the configured one.
    ///   - stripe: in the place of Stripe itself.
    init(
        _ configuration: MuseConfiguration, hash: HashPassword = HashPassword(), storage double: StorageClient? = nil,
        stripe stripeDouble: StripeClient? = nil
    ) throws {
        self.configuration = configuration
        logger = StartUp.logger(configuration)
        database = try StartUp.database(configuration)
        let folders = SiteFolders(program: .module, target: "MuseAdmin", isLive: configuration.isDevelopment)
        site = try Site(configuration: configuration, folders: folders, logger: logger) { [String: String]() }
        let stripe =
            stripeDouble
            ?? .live(
                base: configuration.stripe.apiBase.description, secretKey: configuration.stripe.secretKey.reveal(),
                http: http.client)
        desk = StaffDesk(
            renderer: site.renderer, database: database, hash: hash, customerURL: configuration.customer.url,
            previews: PreviewLinks(secrets: configuration.serviceSecrets, customerURL: configuration.customer.url),
            media: configuration.mediaLinks, devices: KnownDevices(secrets: configuration.serviceSecrets),
            refundOrder: RefundOrder(database: database, stripe: stripe, logger: logger))
        storage =
            double ?? configuration.storage.map { [http] in .live($0, http: http.client) }
            ?? MediaFolder(path: configuration.mediaPath).storage
    }

    func router() -> Router<VisitorContext> {
        let router = site.makeRouter(ready: CheckReadiness(database: database).callAsFunction)
        AdminRoutes(
            desk: desk, sendNotification: SendNotification(database: database), gallery: GalleryRoutes(site: site),
            media: media
        ).add(to: router)
        return router
    }

    var media: AdminMediaRoutes {
        AdminMediaRoutes(
            desk: desk, attach: AttachPhoto(database: database, storage: storage, logger: logger),
            folder: configuration.mediaFolder)
    }

    /// What goes on without anyone asking.
    var workers: [any Service] {
        let customer = CustomerServiceClient.live(
            target: configuration.customerInternalURL, origin: configuration.admin.url,
            token: ServiceToken(secrets: configuration.serviceSecrets), http: http.client)
        let sweep = SweepPhotos(database: database, storage: storage, logger: logger)
        return [
            http,
            desk.changes,
            Periodic("photos", every: .seconds(3600), logger: logger) { try await sweep() },
            // Beside the start, not before it: two processes take longer than all the rest of it.
            Periodic("photo tools", every: .seconds(3600), logger: logger) { [logger] in
                guard let missing = await PreparePhoto().missing() else { return }
                logger.warning("photos can't be prepared here", metadata: ["missing": "\(missing)"])
            },
            DeliverEmailCalls(database: database, customer: customer, feed: desk.changes, logger: logger),
        ]
    }

    func run(onReady: @escaping @Sendable (SocketAddress) -> Void = { _ in }) async throws {
        defer { database.close() }
        try await serve(site, router: router(), background: workers, onReady: onReady)
    }
}
