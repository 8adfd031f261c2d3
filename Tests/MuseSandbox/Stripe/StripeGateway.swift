import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// What every API request passes: faults, key, version, parameters, idempotency. Then the endpoint runs.
struct StripeGateway: Sendable {
    let key: String
    let publicURL: String?
    let ledger: StripeLedger
    let faults: FaultSwitchboard
    let idempotency: IdempotencyStore
    let logger: Logger

    func answer(_ endpoint: StripeEndpoint, _ request: Request, _ context: SandboxContext) async throws -> Response {
        let requestID = StripeID.make("req_", 14)
        var headers = HTTPFields()
        headers[named: "Request-Id"] = requestID
        headers[named: "Stripe-Version"] = request.headers[named: "Stripe-Version"]
        let reply: StripeReply
        do throws(StripeError) {
            reply = try await run(endpoint, request, context, requestID)
        } catch {
            reply = StripeReply(refusing: error)
        }
        if let original = reply.replays {
            headers[named: "Idempotent-Replayed"] = "true"
            headers[named: "Original-Request"] = original
        }
        headers[named: "Idempotency-Key"] = request.headers[named: "Idempotency-Key"]
        if reply.status == 429 || reply.status == 503 { headers[.retryAfter] = "1" }
        logger.info("\(request.method) \(request.uri.path) \(reply.status) \(requestID)")
        return .json(encoded: reply.body, status: .init(code: reply.status), headers: headers)
    }

    /// 404 for a URL that the API doesn't have, once the caller has shown its key.
    func refuseUnknown(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let message =
            "Unrecognized request URL (\(request.method): \(request.uri.path)). Please see https://stripe.com/docs or "
            + "we can help at https://support.stripe.com/."
        let endpoint = StripeEndpoint(shape: .fields([:])) { _, _ throws(StripeError) in
            throw StripeError(status: 404, message: message)
        }
        return try await answer(endpoint, request, context)
    }

    private func run(
        _ endpoint: StripeEndpoint, _ request: Request, _ context: SandboxContext, _ requestID: String
    ) async throws(StripeError) -> StripeReply {
        let fault = faults.strike(.stripe, "\(request.method) \(request.uri.path)")
        try await strikeBefore(fault, context)
        try authenticate(request.headers[.authorization])
        try checkVersion(request.headers[named: "Stripe-Version"])
        let form = try await parameters(of: request)
        let call = StripeCall(
            id: context.parameters.get("id") ?? "", form: form, origin: origin(of: request), requestID: requestID,
            idempotencyKey: request.headers[named: "Idempotency-Key"])
        let reply = try await perform(endpoint, call, request, slowedBy: fault)
        if fault?.mode == .cut { throw await closed(context) }
        if let fault, fault.mode == .mute { await faults.wait(whileOn: fault, .stripe) }
        return reply
    }

    private func perform(
        _ endpoint: StripeEndpoint, _ call: StripeCall, _ request: Request, slowedBy fault: FaultSwitchboard.Fault?
    ) async throws(StripeError) -> StripeReply {
        guard request.method == .post else {
            await hold(fault)
            try endpoint.check(call)
            return try StripeReply(endpoint.run(call, ledger))
        }
        guard let key = call.idempotencyKey, !key.isEmpty else {
            // Stripe would let it through; our services never may.
            throw StripeError(message: "The sandbox expects an Idempotency-Key on every POST.", param: nil)
        }
        if let stored = try idempotency.begin(key, path: request.uri.path, form: call.form) { return stored }
        await hold(fault)
        do throws(StripeError) {
            try endpoint.check(call)
            let reply = try StripeReply(endpoint.run(call, ledger))
            idempotency.finish(key, reply: reply, requestID: call.requestID)
            return reply
        } catch {
            let reply = StripeReply(refusing: error)
            if error.isStored {
                idempotency.finish(key, reply: reply, requestID: call.requestID)
            } else {
                idempotency.forget(key)
            }
            return reply
        }
    }

    private func strikeBefore(
        _ fault: FaultSwitchboard.Fault?, _ context: SandboxContext
    ) async throws(StripeError) {
        switch fault?.mode {
        case .down:
            throw StripeError(status: 503, type: "api_error", message: "The sandbox plays dead.")
        case .throttle:
            throw StripeError(
                status: 429, code: "rate_limit",
                message: "Request rate limit exceeded. Learn more about rate limits here "
                    + "https://stripe.com/docs/rate-limits.")
        case .refuse:
            throw await closed(context)
        case .stall:
            if let fault { await faults.wait(whileOn: fault, .stripe) }
            throw await closed(context)
        default: break
        }
    }

    /// Closes the connection; the error is never seen by the caller.
    private func closed(_ context: SandboxContext) async -> StripeError {
        try? await context.channel.close()
        return StripeError(status: 503, type: "api_connection_error", message: "Closed on purpose.")
    }

    private func hold(_ fault: FaultSwitchboard.Fault?) async {
        guard let fault, fault.mode == .slow else { return }
        try? await Task.sleep(for: .seconds(fault.delay))
    }

    private func authenticate(_ header: String?) throws(StripeError) {
        var given: String?
        if let header, header.hasPrefix("Bearer ") { given = String(header.dropFirst(7)) }
        if let header, header.hasPrefix("Basic "), let data = Data(base64Encoded: String(header.dropFirst(6))) {
            given = String(decoding: data, as: UTF8.self).split(separator: ":").first.map(String.init)
        }
        guard let given, !given.isEmpty else {
            throw StripeError(
                status: 401,
                message: "You did not provide an API key. You need to provide your API key in the Authorization "
                    + "header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').")
        }
        guard given == key else {
            let masked = given.prefix(8) + String(repeating: "*", count: 8) + given.suffix(4)
            throw StripeError(status: 401, message: "Invalid API Key provided: \(masked)")
        }
    }

    private func checkVersion(_ version: String?) throws(StripeError) {
        guard let version else {
            // Stripe would fall back to the account's default; a pinned version must be sent.
            throw StripeError(message: "The sandbox expects a pinned Stripe-Version header.")
        }
        guard version.wholeMatch(of: /20\d\d-\d\d-\d\d(\.[a-z]+)?/) != nil else {
            throw StripeError(message: "Invalid Stripe API version: \(version)")
        }
    }

    private func parameters(of request: Request) async throws(StripeError) -> FormTree {
        var text = request.uri.query ?? ""
        if request.method == .post {
            guard let data = try? await request.bounded() else {
                throw StripeError(status: 413, message: "Request is too large.")
            }
            let type = request.headers[.contentType] ?? ""
            guard data.isEmpty || type.hasPrefix("application/x-www-form-urlencoded") else {
                throw StripeError(
                    message: "Invalid request (check that your POST content type is "
                        + "application/x-www-form-urlencoded).")
            }
            let body = String(decoding: data, as: UTF8.self)
            text = text.isEmpty ? body : "\(text)&\(body)"
        }
        guard let form = try? FormTree(parsing: text) else {
            throw StripeError(message: "Invalid request (the parameters could not be parsed).")
        }
        return form
    }

    func origin(of request: Request) -> String {
        publicURL ?? "http://\(request.head.authority ?? "localhost")"
    }
}
