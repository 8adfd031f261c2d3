import AsyncHTTPClient
import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// The composition root: wires the stand-ins to one server and runs them.
struct Sandbox {
    let settings: SandboxSettings

    init(_ settings: SandboxSettings) { self.settings = settings }

    func run() async throws {
        var logger = Logger(label: "sandbox")
        logger.logLevel = settings.isQuiet ? .error : .info
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: Self.clientConfiguration)
        do {
            try await serve(client, logger)
        } catch {
            try? await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    private func serve(_ client: HTTPClient, _ logger: Logger) async throws {
        let ledger = StripeLedger(keeping: settings.keep, subscribed: settings.webhookEvents)
        let faults = FaultSwitchboard()
        let delivery = WebhookDelivery(
            url: settings.webhookURL, secrets: settings.webhookSecrets, ledger: ledger, faults: faults,
            client: client, logger: logger)
        let router = try await router(ledger, faults, delivery, logger)
        var quiet = logger
        quiet.logLevel = .error
        let address = settings.hostname
        var server = Application(
            router: router,
            configuration: .init(address: .hostname(settings.hostname, port: settings.port), serverName: "sandbox"),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                let line = "MuseSandbox listening on http://\(address):\(port)\n"
                FileHandle.standardOutput.write(Data(line.utf8))
            },
            logger: quiet)
        server.addServices(delivery, ExpiryClock(ledger: ledger, logger: logger))
        try await server.runService()
    }

    private func router(
        _ ledger: StripeLedger, _ faults: FaultSwitchboard, _ delivery: WebhookDelivery, _ logger: Logger
    ) async throws -> Router<SandboxContext> {
        let router = Router(context: SandboxContext.self)
        let pages = try await PageRenderer()
        let mailbox = Mailbox(keeping: settings.keep / 10)
        let gateway = StripeGateway(
            key: settings.stripeKey, publicURL: settings.publicURL, ledger: ledger, faults: faults,
            idempotency: IdempotencyStore(keeping: settings.keep / 10), logger: logger)
        let verify = SignatureVerification(
            keyID: settings.aws.keyID, secret: settings.aws.secret, regions: [settings.aws.region])
        let verifyStorage = SignatureVerification(
            keyID: settings.aws.keyID, secret: settings.aws.secret, regions: [settings.aws.region, "auto"],
            service: "s3")
        StripeRoutes(gateway: gateway).add(to: router)
        HostedPageRoutes(ledger: ledger, watch: delivery.watch, pages: pages, delay: settings.paymentsDelay)
            .add(to: router)
        LedgerRoutes(ledger: ledger).add(to: router)
        SESRoutes(verify: verify, mailbox: mailbox, faults: faults, logger: logger).add(to: router)
        StorageRoutes(
            verify: verifyStorage, objects: ObjectStore(keeping: settings.keep / 100), faults: faults, logger: logger
        ).add(to: router)
        MailRoutes(mailbox: mailbox, pages: pages).add(to: router)
        FaultRoutes(faults: faults).add(to: router)
        OverviewRoutes(ledger: ledger, mailbox: mailbox, pages: pages, webhookURL: settings.webhookURL)
            .add(to: router)
        return router
    }

    private static var clientConfiguration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = .seconds(3)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 32
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}
