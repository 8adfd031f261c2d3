import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

extension StripeClient {
    /// Stripe over HTTPS, or whatever stands at `base`.
    ///
    /// - Parameters:
    ///   - base: `https://api.stripe.com`, without a slash at the end.
    ///   - secretKey: goes into one header and nowhere else.
    public static func live(base: String, secretKey: String, http: HTTPClient) -> StripeClient {
        let api = StripeAPI(base: base, secretKey: secretKey, http: http)
        var client = StripeClient(
            createSession: { request, key in
                try await api.post("/v1/checkout/sessions", form: request.form, idempotencyKey: key)
            },
            retrieveSession: { id in
                try await api.get("/v1/checkout/sessions/\(try StripeAPI.path(id))")
            },
            expireSession: { id, key in
                try await api.post(
                    "/v1/checkout/sessions/\(try StripeAPI.path(id))/expire", form: [], idempotencyKey: key)
            },
            createRefund: { request, key in
                try await api.post("/v1/refunds", form: request.form, idempotencyKey: key)
            })
        client.retrieveRefund = { try await api.get("/v1/refunds/\(try StripeAPI.path($0))") }
        client.retrieveDispute = { try await api.get("/v1/disputes/\(try StripeAPI.path($0))") }
        client.listSessions = { try await api.get("/v1/checkout/sessions?" + FormText.encode($0.query)) }
        client.listRefunds = { try await api.get("/v1/refunds?" + FormText.encode($0.query)) }
        client.listDisputes = { try await api.get("/v1/disputes?" + FormText.encode($0.query)) }
        return client
    }
}

/// One request to Stripe and its answer.
struct StripeAPI: Sendable {
    /// Pinned, so that Stripe's changes come when we choose them.
    static let version = "2025-09-30.clover"

    let base: String
    let secretKey: String
    let http: HTTPClient

    func get<Answer: Decodable>(_ path: String) async throws -> Answer {
        try await send(request(path, method: .GET))
    }

    func post<Answer: Decodable>(_ path: String, form: [(String, String)], idempotencyKey: String) async throws
        -> Answer
    {
        var request = request(path, method: .POST)
        request.headers.add(name: "Idempotency-Key", value: idempotencyKey)
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        request.body = .bytes(ByteBuffer(string: FormText.encode(form)))
        return try await send(request)
    }

    private func request(_ path: String, method: HTTPMethod) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        request.headers.add(name: "Authorization", value: "Bearer \(secretKey)")
        request.headers.add(name: "Stripe-Version", value: Self.version)
        return request
    }

    private func send<Answer: Decodable>(_ request: HTTPClientRequest) async throws -> Answer {
        let status: Int
        let body: Data
        do {
            let response = try await http.execute(request, timeout: .seconds(10))
            status = Int(response.status.code)
            body = Data(buffer: try await response.body.collect(upTo: 1 << 20))
        } catch {
            throw StripeFailure.unavailable("\(type(of: error))")
        }
        guard (200..<300).contains(status) else { throw Self.failure(status: status, body: body) }
        do {
            return try JSONDecoder().decode(Answer.self, from: body)
        } catch {
            throw StripeFailure.unavailable("unreadable answer")
        }
    }

    private static func failure(status: Int, body: Data) -> StripeFailure {
        struct Envelope: Decodable {
            struct Details: Decodable {
                let type: String?
                let code: String?
                let message: String?
            }
            let error: Details
        }
        let details = try? JSONDecoder().decode(Envelope.self, from: body).error
        if status == 409, details?.code == "idempotency_key_in_use" || details?.type == "idempotency_error" {
            return .inProgress
        }
        // Stripe has seen this key with other words, those of another release perhaps: what they came to is not known,
        // so that nothing may be given away for it.
        if details?.type == "idempotency_error" { return .unavailable("the key was used for another request") }
        // 429 and 5xx ask to come again; neither says that nothing happened.
        if status == 409 || status == 429 || status >= 500 { return .unavailable("HTTP \(status)") }
        return .refused(
            status: status, code: details?.code ?? details?.type ?? "unknown", message: details?.message ?? "")
    }

    /// A Stripe id as a path component; anything else would be somebody else's path.
    static func path(_ id: String) throws -> String {
        guard (1...255).contains(id.utf8.count),
            id.utf8.allSatisfy({
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
            })
        else { throw StripeFailure.refused(status: 404, code: "resource_missing", message: "Not an id of Stripe.") }
        return id
    }
}

extension CheckoutSessionRequest {
    var form: [(String, String)] {
        var form = [
            ("mode", "payment"),
            ("client_reference_id", referenceID),
            ("customer_email", email),
            ("success_url", successURL),
            ("cancel_url", cancelURL),
            ("expires_at", String(expiresAt.unixSeconds)),
            ("metadata[order_id]", orderID),
            ("payment_intent_data[metadata][order_id]", orderID),
        ]
        for (index, line) in lines.enumerated() {
            let prefix = "line_items[\(index)]"
            form.append(("\(prefix)[quantity]", String(line.quantity)))
            form.append(("\(prefix)[price_data][currency]", currency))
            form.append(("\(prefix)[price_data][unit_amount]", String(line.unitAmountMinor)))
            form.append(("\(prefix)[price_data][product_data][name]", line.name))
            if !line.description.isEmpty {
                form.append(("\(prefix)[price_data][product_data][description]", line.description))
            }
        }
        return form
    }
}

extension RefundRequest {
    var form: [(String, String)] {
        [
            ("payment_intent", paymentIntent),
            ("amount", String(amountMinor)),
            ("metadata[refund_id]", refundID),
        ]
    }
}
