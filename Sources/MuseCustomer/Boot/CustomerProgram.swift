import Foundation
import Hummingbird
import Logging
import MuseShared
import NIOCore
import ServiceLifecycle

/// The composition root of the customer service: everything it is made of is put together here, and nowhere else.
struct CustomerProgram: Sendable {
    let configuration: MuseConfiguration
    let database: Database
    let logger: Logger
    let site: Site
    let counter: GuestCounter
    private let http = OutgoingHTTP()
    private let stripe: StripeClient
    private let openCheckout: OpenCheckout
    private let emailTemplates: EmailTemplates

    /// - Parameter stripe: in the place of Stripe itself.
    init(
        _ configuration: MuseConfiguration, stripe double: StripeClient? = nil, clock: WallClock = .live
    ) throws {
        self.configuration = configuration
        logger = StartUp.logger(configuration)
        database = try StartUp.database(configuration, clock: clock)
        let folders = SiteFolders(program: .module, target: "MuseCustomer", isLive: configuration.isDevelopment)
        site = try Site(configuration: configuration, folders: folders, logger: logger) { [String: String]() }
        stripe =
            double
            ?? .live(
                base: configuration.stripe.apiBase.description, secretKey: configuration.stripe.secretKey.reveal(),
                http: http.client)
        let links = OrderLinks(
            secrets: configuration.serviceSecrets.map { $0.reveal() },
            customerURL: configuration.customer.url.description)
        openCheckout = OpenCheckout(
            database: database, stripe: stripe, links: links)
        emailTemplates = try EmailTemplates(renderer: site.renderer, links: links)
        counter = try Self.counter(configuration, database, site, stripe, openCheckout, links)
    }

    private static func counter(
        _ configuration: MuseConfiguration, _ database: Database, _ site: Site, _ stripe: StripeClient,
        _ openCheckout: OpenCheckout, _ links: OrderLinks
    ) throws -> GuestCounter {
        let menu = MenuCache(database: database, media: configuration.mediaLinks) { try MenuForm($0) }
        let place = PlaceOrder(
            database: database, menu: { try menu.current().published }, open: openCheckout,
            settings: .init(holdSeconds: Int64(configuration.holdMinutes) * 60, links: links))
        return GuestCounter(
            renderer: site.renderer, menu: menu, venues: VenueCache(database: database),
            orders: OrderRepository(database: database), checkouts: CheckoutRepository(database: database),
            placeOrder: place, settle: SettleCheckout(database: database, stripe: stripe),
            letGo: LetOrderGo(database: database, stripe: stripe, open: openCheckout), links: links,
            changes: ChangeFeed(database: database), database: database, queue: OrderQueueCache(database: database),
            pickups: PickupPress(renderer: site.renderer, database: database),
            confirmations: Confirmations(clock: database.clock), holdMinutes: configuration.holdMinutes,
            clock: database.clock,
            paymentOrigins: [configuration.stripe.apiBase] + [Origin("https://checkout.stripe.com")].compactMap { $0 })
    }

    /// What this program can do, and for whom: everything here is for guests.
    func router() -> Router<VisitorContext> {
        let router = site.makeRouter(ready: CheckReadiness(database: database).callAsFunction)
        CustomerMenuRoutes(counter: counter).add(to: router)
        previews.add(to: router)
        CustomerOrdersRoutes(counter: counter).add(to: router)
        TableRoutes(counter: counter).add(to: router)
        CustomerReceiptRoutes(counter: counter).add(to: router)
        CustomerKitchenRoutes(counter: counter).add(to: router)
        CustomerPaymentsRoutes(receive: receive).add(to: router)
        CustomerEmailRoutes(sendEmail: sendEmail).add(to: router)
        MediaRoutes(folder: configuration.mediaFolder).add(to: router)
        GalleryRoutes(site: site).add(to: router)
        DescribeCustomerAPI.describe.add(to: router, of: router)
        return router
    }

    private var previews: CustomerPreviewRoutes {
        CustomerPreviewRoutes(
            counter: counter,
            previews: PreviewLinks(
                secrets: configuration.serviceSecrets, customerURL: configuration.customer.url),
            menu: PreviewMenu(
                database: database, menu: MenuRepository(database: database, media: configuration.mediaLinks)))
    }

    private var receive: ReceiveStripeEvent {
        ReceiveStripeEvent(
            database: database, stripe: stripe,
            signature: StripeSignature(secrets: configuration.stripe.webhookSecrets.map { $0.reveal() }))
    }

    private var sendEmail: SendEmailAction {
        SendEmailAction(
            allowedOrigins: configuration.corsAllowedOrigins,
            token: ServiceToken(secrets: configuration.serviceSecrets), queue: QueueEmail(database: database))
    }

    /// What goes on without anyone asking.
    var workers: [any Service] {
        let expire = ExpireHolds(database: database, stripe: stripe, open: openCheckout, logger: logger)
        let noticeTimes = NoticeMenuTimes(menu: counter.menu, changes: counter.changes)
        let changes = counter.changes
        let refunds = IssueRefunds(database: database, stripe: stripe, logger: logger)
        let reconcile = ReconcilePayments(database: database, stripe: stripe, logger: logger)
        return [
            http,
            counter.changes,
            SendEmails(
                database: database, mail: .live(configuration.email, http: http.client), templates: emailTemplates,
                feed: counter.changes, logger: logger),
            Periodic("what time does to the menu", every: .milliseconds(250), logger: logger) { try noticeTimes() },
            // Minutes pass on pages and walls where no order changes.
            Periodic("what time does to the queue", every: .seconds(OrderQueueCache.freshSeconds), logger: logger) {
                changes.announce(.orders)
            },
            Periodic("ending holds", every: .seconds(5), logger: logger) { try await expire() },
            Periodic("refunds", every: .seconds(2), logger: logger) { try await refunds() },
            Periodic("comparing with Stripe", every: .seconds(2), logger: logger) { try await reconcile() },
        ]
    }

    func run(onReady: @escaping @Sendable (SocketAddress) -> Void = { _ in }) async throws {
        defer { database.close() }
        let ready = [CustomerMenuRoutes(counter: counter).menu]
        try await serve(site, router: router(), ready: ready, background: workers, onReady: onReady)
    }
}
