import Hummingbird

/// What tests and developers do to the stand-in itself.
struct LedgerRoutes: Sendable {
    let ledger: StripeLedger

    func add(to router: Router<SandboxContext>) {
        let group = router.group("sandbox")
        group.get("state.json") { request, _ in
            let limit = request.uri.queryParameters["limit"].flatMap { Int($0) } ?? 1000
            return try Response.json(ledger.peek { $0.picture(limit: min(max(limit, 0), 200_000)) })
        }
        group.post("clock") { request, _ in try await setClock(request) }
        group.post("events/:id/resend") { request, context in
            let id = try context.parameters.require("id")
            guard ledger.event(id) != nil else { throw HTTPError(.notFound, message: "There is no such event.") }
            ledger.enqueue(id)
            return try reply(["id": .string(id)], request)
        }
        group.post("sessions/:id/expire") { request, context in
            let id = try context.parameters.require("id")
            return try reply(request) { state throws(StripeError) in
                try ExpireCheckoutSession()(id, for: nil, in: &state).object
            }
        }
        group.post("refunds/next") { request, _ in
            let fields = try await request.fields()
            guard let fate = fields["outcome"]?.text, ["refused", "pending"].contains(fate) else {
                throw HTTPError(.badRequest, message: "outcome must be refused or pending")
            }
            return try reply(request) { state throws(StripeError) in
                state.nextRefund = fate
                return ["outcome": .string(fate)]
            }
        }
        group.post("payments/:id/dispute") { request, context in
            let id = try context.parameters.require("id")
            return try reply(request) { state throws(StripeError) in try OpenDispute(payment: id)(in: &state) }
        }
        group.post("disputes/:id/close") { request, context in
            let id = try context.parameters.require("id")
            let isWon = try await request.fields()["outcome"]?.text == "won"
            return try reply(request) { state throws(StripeError) in
                try CloseDispute(id: id, isWon: isWon)(in: &state)
            }
        }
        group.post("refunds/:id/fail") { request, context in
            let id = try context.parameters.require("id")
            return try reply(request) { state throws(StripeError) in try FailRefund(id: id)(in: &state) }
        }
    }

    /// Stripe has test clocks too; this one moves only the expiry of sessions.
    private func setClock(_ request: Request) async throws -> Response {
        guard case .integer(let ahead)? = try await request.fields()["secondsAhead"], (0...31_536_000).contains(ahead)
        else { throw HTTPError(.badRequest, message: "secondsAhead must be 0 to 31536000") }
        return try reply(request) { state throws(StripeError) in
            state.clockAhead = ahead
            // What was computed by the other clock is looked at anew.
            state.nextExpiry = 0
            return ["secondsAhead": .integer(ahead)]
        }
    }

    private func reply(
        _ request: Request, _ body: @Sendable (inout StripeState) throws(StripeError) -> JSON
    ) throws -> Response {
        do {
            return try reply(try ledger.change(body), request)
        } catch let refusal as StripeError {
            return try .json(refusal.object, status: .init(code: refusal.status))
        }
    }

    private func reply(_ object: JSON, _ request: Request) throws -> Response {
        request.wantsJSON || request.headers[.accept]?.contains("text/html") != true
            ? try .json(object) : .redirect(to: "/", type: .normal)
    }
}

extension StripeState {
    /// The newest objects of each kind, as JSON for tests.
    fileprivate func picture(limit: Int) -> JSON {
        [
            "sessions": .array(sessions.newest().prefix(limit).map(\.object)),
            "payments": .array(payments.newest().prefix(limit).map(\.object)),
            "charges": .array(charges.newest().prefix(limit).map(\.object)),
            "refunds": .array(refunds.newest().prefix(limit).map(\.object)),
            "disputes": .array(disputes.newest().prefix(limit).map(\.object)),
            "events": .array(events.newest().prefix(limit).map(\.picture)),
            "counts": [
                "sessions": .integer(Int64(sessions.count)), "payments": .integer(Int64(payments.count)),
                "refunds": .integer(Int64(refunds.count)), "events": .integer(Int64(events.count)),
                "pendingEvents": .integer(Int64(events.newest().count { $0.delivery == .pending })),
            ],
        ]
    }
}

extension StripeEvent {
    fileprivate var picture: JSON {
        [
            "id": .string(id), "type": .string(type), "created": .integer(created), "object": .string(subject),
            "delivery": .string(delivery.rawValue),
            "attempts": .array(
                attempts.map { attempt in
                    [
                        "at": .integer(attempt.at), "status": attempt.status.map { .integer(Int64($0)) } ?? .null,
                        "note": .text(attempt.note), "milliseconds": .integer(attempt.milliseconds),
                    ]
                }),
        ]
    }
}
