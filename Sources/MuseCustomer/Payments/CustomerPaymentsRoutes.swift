import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Metrics
import MuseShared
import NIOFoundationCompat

/// What Stripe calls.
struct CustomerPaymentsRoutes: Sendable {
    let receive: ReceiveStripeEvent

    func add(to router: Router<VisitorContext>) {
        router.post("/api/webhooks/stripe", use: webhook)
    }

    private struct Received: Encodable {
        let received = true
    }

    private func webhook(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let body = try await request.rawBody(context)
        do {
            let outcome = try await receive(
                body: Data(buffer: body), header: request.headers[.stripeSignature])
            context.logger.info("stripe event", metadata: ["outcome": "\(outcome.rawValue)"])
            Metrics.Counter(label: "stripe_events_total", dimensions: [("outcome", outcome.rawValue)]).increment()
            return try .json(Received())
        } catch let refusal as ReceiveStripeEvent.Refusal {
            Metrics.Counter(label: "stripe_events_total", dimensions: [("outcome", "refused")]).increment()
            context.logger.warning("stripe event refused", metadata: ["reason": "\(refusal)"])
            throw Problem(.badRequest, "bad-webhook", title: "This is not a webhook of ours", detail: nil)
        }
    }
}

extension HTTPField.Name {
    fileprivate static let stripeSignature = HTTPField.Name("Stripe-Signature") ?? .cookie
}
