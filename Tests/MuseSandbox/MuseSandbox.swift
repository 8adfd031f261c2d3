import ArgumentParser
import Foundation

/// Local stand-ins for the services that Muse & Co talks to. Never deployed.
@main
struct MuseSandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "MuseSandbox", abstract: "Local stand-ins for Stripe, SES and S3, as strict as they are.")

    @Option(help: "Port to listen on; 0 takes any free one.")
    var port = 8090

    @Option(help: "Address to listen on.")
    var hostname = "127.0.0.1"

    @Option(help: "Scheme, host and port for links in answers. Default: the Host header of each request.")
    var publicURL: String?

    @Option(name: .customLong("webhook-url"), help: "Where events go. Default: $CUSTOMER_URL/api/webhooks/stripe.")
    var webhookURL: String?

    @Option(help: "Signs events; several while rolling. Default: whsec_muse_sandbox.")
    var webhookSecret: [String] = []

    @Option(help: "An event type to deliver; may be given often. Default: those of payments and refunds.")
    var webhookEvent: [String] = []

    @Option(help: "The secret API key.")
    var stripeKey = "sk_test_muse_sandbox"

    @Option(help: "Seconds that a payment on the hosted page takes.")
    var paymentsDelay = 0.0

    @Option(name: .customLong("aws-access-key-id"), help: "The key id that SES and S3 accept.")
    var awsAccessKeyID = "AKIAMUSESANDBOX00000"

    @Option(help: "The secret that belongs to it.")
    var awsSecretAccessKey = "muse-sandbox-secret-access-key"

    @Option(help: "The region that SES and S3 are in.")
    var awsRegion = "us-east-1"

    @Option(help: "How many objects to keep; the oldest are forgotten.")
    var keep = 200_000

    @Flag(help: "Says nothing but the address and errors.")
    var quiet = false

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be 0 to 65535.") }
        guard (1000...10_000_000).contains(keep) else { throw ValidationError("--keep must be 1000 to 10000000.") }
        guard (0...600).contains(paymentsDelay) else { throw ValidationError("--payments-delay must be 0 to 600.") }
    }

    func run() async throws {
        let customer = ProcessInfo.processInfo.environment["CUSTOMER_URL"] ?? "http://localhost:8080"
        var settings = SandboxSettings()
        settings.hostname = hostname
        settings.port = port
        settings.publicURL = publicURL
        settings.webhookURL = webhookURL ?? "\(customer)/api/webhooks/stripe"
        if !webhookSecret.isEmpty { settings.webhookSecrets = webhookSecret }
        if !webhookEvent.isEmpty { settings.webhookEvents = Set(webhookEvent) }
        settings.stripeKey = stripeKey
        settings.paymentsDelay = paymentsDelay
        settings.aws = .init(keyID: awsAccessKeyID, secret: awsSecretAccessKey, region: awsRegion)
        settings.keep = keep
        settings.isQuiet = quiet
        try await Sandbox(settings).run()
    }
}
