import AsyncHTTPClient
import Foundation
import HTTPTypes
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle

/// Delivers events to the endpoint until it answers 2xx, as Stripe does, only with shorter pauses.
struct WebhookDelivery: Service {
    let url: String
    let signature: WebhookSignature
    let ledger: StripeLedger
    let faults: FaultSwitchboard
    let watch: DeliveryWatch
    let client: HTTPClient
    let logger: Logger

    private let slots = DeliverySlots(32)

    /// Pauses after the first failures, in milliseconds; then the last one until 20 tries are used up.
    private static let pauses: [Int64] = [200, 500, 1000, 2000, 5000, 10_000, 20_000]
    private static let mostTries = 20

    init(
        url: String, secrets: [String], ledger: StripeLedger, faults: FaultSwitchboard, client: HTTPClient,
        logger: Logger
    ) {
        self.url = url
        signature = WebhookSignature(secrets: secrets)
        self.ledger = ledger
        self.faults = faults
        watch = DeliveryWatch(ledger: ledger)
        self.client = client
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for await id in ledger.queued {
                    await slots.enter()
                    group.addTask { await deliver(id) }
                }
            }
        }
    }

    /// One try, which gives its slot back before a pause.
    private func deliver(_ id: String) async {
        guard let event = ledger.event(id) else { return await slots.leave() }
        let fault = faults.strike(.webhooks)
        switch fault?.mode {
        case .drop:
            ledger.record(nil, as: .dropped, for: id)
            watch.tell(id)
            return await slots.leave()
        case .reorder:
            await slots.leave()
            try? await Task.sleep(for: .seconds(.random(in: 0...(fault?.delay ?? 0))))
            await slots.enter()
        case .slow:
            try? await Task.sleep(for: .seconds(fault?.delay ?? 0))
        default: break
        }
        var attempt = await send(event, fault: fault)
        if fault?.mode == .duplicate {
            async let second = send(event, fault: fault)
            async let third = send(event, fault: fault)
            let answers = await [second, third]
            attempt = answers.first { $0.isSuccess } ?? attempt
        }
        await slots.leave()
        await settle(event, attempt)
    }

    private func settle(_ event: StripeEvent, _ attempt: StripeEvent.Attempt) async {
        logger.info("webhook \(event.type) \(event.id) \(attempt.status.map(String.init) ?? attempt.note ?? "")")
        if attempt.isSuccess {
            ledger.record(attempt, as: .delivered, for: event.id)
            return watch.tell(event.id)
        }
        let tries = event.attempts.count + 1
        ledger.record(attempt, as: tries < Self.mostTries ? .pending : .givenUp, for: event.id)
        watch.tell(event.id)
        guard tries < Self.mostTries else { return }
        let pause = Self.pauses[min(tries, Self.pauses.count) - 1]
        do {
            try await Task.sleep(for: .milliseconds(pause))
            ledger.enqueue(event.id)
        } catch { return }
    }

    private func send(_ event: StripeEvent, fault: FaultSwitchboard.Fault?) async -> StripeEvent.Attempt {
        let start = WallTime.milliseconds
        func attempt(_ status: Int?, _ note: String?) -> StripeEvent.Attempt {
            .init(at: start, status: status, note: note, milliseconds: WallTime.milliseconds - start)
        }
        if let mode = fault?.mode, [.down, .refuse, .cut, .throttle].contains(mode) {
            return attempt(nil, "held back by a fault")
        }
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json; charset=utf-8")
        request.headers.add(name: "User-Agent", value: "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
        let header = signature.header(for: event.payload, at: WallTime.seconds)
        request.headers.add(name: "Stripe-Signature", value: header)
        request.body = .bytes(ByteBuffer(bytes: event.payload))
        do {
            let response = try await client.execute(request, timeout: .seconds(10))
            // The rest of an answer has no meaning; reading it frees the connection.
            _ = try? await response.body.collect(upTo: 1 << 16)
            return attempt(Int(response.status.code), nil)
        } catch {
            return attempt(nil, "\(error)")
        }
    }
}

extension StripeEvent.Attempt {
    var isSuccess: Bool { status.map { (200..<300).contains($0) } ?? false }
}
