import Hummingbird

/// The page a guest is sent to, and the buttons on it. Programs press them with JSON.
struct HostedPageRoutes: Sendable {
    let ledger: StripeLedger
    let watch: DeliveryWatch
    let pages: PageRenderer
    /// How long a payment takes, in seconds.
    let delay: Double

    func add(to router: Router<SandboxContext>) {
        let group = router.group("checkout")
        group.get(":id") { _, context in try show(context.parameters.require("id")) }
        group.post(":id/pay") { request, context in try await pay(request, context.parameters.require("id")) }
        group.post(":id/settle") { request, context in try await settle(request, context.parameters.require("id")) }
    }

    private func show(
        _ id: String, message: String? = nil, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let found = ledger.peek { state -> HostedPage? in
            guard let session = state.sessions[id] else { return nil }
            let payment = session.paymentIntent.flatMap { state.payments[$0] }
            return HostedPage(session, payment: payment, message: message)
        }
        guard let found else { throw HTTPError(.notFound, message: "There is no such payment page.") }
        return try pages.page("checkout", found, status: status)
    }

    private func pay(_ request: Request, _ id: String) async throws -> Response {
        let fields = try await request.fields()
        let word = fields["outcome"]?.text ?? "paid"
        guard let outcome = PayCheckoutSession.Outcome(rawValue: word) else {
            throw HTTPError(.badRequest, message: "outcome must be paid, declined or delayed")
        }
        let given = ledger.peek { $0.sessions[id]?.terms.customerEmail } ?? fields["email"]?.text
        guard let email = given ?? (request.wantsJSON ? "guest@example.com" : nil), EmailAddress.isValid(email) else {
            return try show(id, message: "Your email address is not complete.", status: .unprocessableContent)
        }
        if delay > 0 { try await Task.sleep(for: .seconds(delay)) }
        let payer = CheckoutSession.Payer(email: email, name: fields["name"]?.text)
        let paid: PayCheckoutSession.Result
        do throws(StripeError) {
            let payment = PayCheckoutSession(id: id, outcome: outcome, payer: payer)
            paid = try ledger.change { state throws(StripeError) in try payment(in: &state) }
        } catch {
            return try refuse(error, id, request)
        }
        guard let event = paid.completed else {
            let message = "Your card was declined. Try another card."
            guard request.wantsJSON else { return try show(id, message: message, status: .init(code: 402)) }
            return try .json(answer(paid.session, delivered: false, error: message), status: .init(code: 402))
        }
        let delivered = await watch.wait(for: event, atMost: .seconds(10))
        guard request.wantsJSON else { return .redirect(to: paid.session.successURL, type: .normal) }
        return try .json(answer(paid.session, delivered: delivered, error: nil))
    }

    private func settle(_ request: Request, _ id: String) async throws -> Response {
        let fields = try await request.fields()
        guard let outcome = fields["outcome"]?.text.flatMap(SettlePayment.Outcome.init) else {
            throw HTTPError(.badRequest, message: "outcome must be succeeded or failed")
        }
        let session: CheckoutSession
        do throws(StripeError) {
            session = try ledger.change { state throws(StripeError) in
                try SettlePayment(session: id, outcome: outcome)(in: &state)
            }
        } catch {
            return try refuse(error, id, request)
        }
        guard request.wantsJSON else { return .redirect(to: "/checkout/\(id)", type: .normal) }
        return try .json(answer(session, delivered: false, error: nil))
    }

    private func refuse(_ error: StripeError, _ id: String, _ request: Request) throws -> Response {
        let status: HTTPResponse.Status = error.status == 404 ? .notFound : .conflict
        if request.wantsJSON { return try .json(error.object, status: status) }
        guard status == .conflict else { throw HTTPError(.notFound, message: error.message) }
        return try show(id, message: error.message, status: status)
    }

    private func answer(_ session: CheckoutSession, delivered: Bool, error: String?) -> JSON {
        [
            "id": .string(session.id), "status": .string(session.status.rawValue),
            "payment_status": .string(session.paymentStatus.rawValue),
            "payment_intent": .text(session.paymentIntent), "delivered": .bool(delivered), "error": .text(error),
            "url": session.status == .complete ? .string(session.successURL) : .text(session.links.cancel),
        ]
    }
}
