import Hummingbird

/// The API's table of contents.
struct StripeRoutes: Sendable {
    let gateway: StripeGateway

    private static let inSession = ["payment_intent", "payment_intent.latest_charge", "line_items"]
    private static let inRefund = ["charge", "payment_intent", "payment_intent.latest_charge"]

    func add(to router: Router<SandboxContext>) {
        let v1 = router.group("v1")
        addSessions(to: v1.group("checkout/sessions"))
        addPayments(to: v1)
        addRefunds(to: v1.group("refunds"))
        addDisputes(to: v1.group("disputes"))
        addEvents(to: v1.group("events"))
        for method in [HTTPRequest.Method.get, .post, .delete] {
            v1.on("**", method: method) { request, context in
                try await gateway.refuseUnknown(request, context)
            }
        }
    }

    private func addSessions(to group: RouterGroup<SandboxContext>) {
        let create = CreateCheckoutSession()
        post(
            group, "",
            .changing(CreateCheckoutSession.shape, expandable: Self.inSession) { call, state throws(StripeError) in
                try create(call, in: &state)
            })
        post(
            group, ":id/expire",
            .changing(.fields(["expand": .expand]), expandable: Self.inSession) { call, state throws(StripeError) in
                try ExpireCheckoutSession()(call.id, for: call.cause, in: &state).object
            })
        get(
            group, ":id",
            .reading(expandable: Self.inSession) { call, state throws(StripeError) in
                try state.session(call.id).object
            })
        get(
            group, ":id/line_items",
            .reading(ParameterShape.page) { call, state throws(StripeError) in
                try state.session(call.id).lineItems
            })
        let filters: [String: ParameterShape] = ["created": .range, "status": .value, "payment_intent": .value]
        get(
            group, "",
            .reading(paged(filters), expandable: Self.inSession.map { "data.\($0)" }) {
                call, state throws(StripeError) in
                let status = try call.parameters.choice("status", ["open", "complete", "expired"])
                let payment = try call.parameters.text("payment_intent")
                return try ObjectPage(call: call, url: "/v1/checkout/sessions", store: state.sessions).list(
                    where: { session in
                        (status ?? session.status.rawValue) == session.status.rawValue
                            && (payment == nil || payment == session.paymentIntent)
                    },
                    created: \.created, object: \.object)
            })
    }

    private func addPayments(to group: RouterGroup<SandboxContext>) {
        get(
            group, "payment_intents/:id",
            .reading(["client_secret": .value], expandable: ["latest_charge"]) { call, state throws(StripeError) in
                guard let payment = state.payments[call.id] else {
                    throw .noSuch("payment_intent", call.id, param: "intent")
                }
                return payment.object
            })
        get(
            group, "charges/:id",
            .reading(expandable: ["payment_intent"]) { call, state throws(StripeError) in
                guard let charge = state.charges[call.id] else { throw .noSuch("charge", call.id, param: "id") }
                return charge.object
            })
        get(
            group, "payment_intents",
            .reading(paged(["created": .range]), expandable: ["data.latest_charge"]) {
                call, state throws(StripeError) in
                try ObjectPage(call: call, url: "/v1/payment_intents", store: state.payments)
                    .list(created: \.created, object: \.object)
            })
        get(
            group, "charges",
            .reading(paged(["created": .range, "payment_intent": .value])) { call, state throws(StripeError) in
                let payment = try call.parameters.text("payment_intent")
                return try ObjectPage(call: call, url: "/v1/charges", store: state.charges)
                    .list(
                        where: { payment == nil || $0.paymentIntent == payment }, created: \.created, object: \.object)
            })
    }

    private func addRefunds(to group: RouterGroup<SandboxContext>) {
        let create = CreateRefund()
        post(
            group, "",
            .changing(CreateRefund.shape, expandable: Self.inRefund) { call, state throws(StripeError) in
                try create(call, in: &state)
            })
        get(
            group, ":id",
            .reading(expandable: Self.inRefund) { call, state throws(StripeError) in
                guard let refund = state.refunds[call.id] else { throw .noSuch("refund", call.id, param: "refund") }
                return refund.object
            })
        let filters: [String: ParameterShape] = ["created": .range, "payment_intent": .value, "charge": .value]
        get(
            group, "",
            .reading(paged(filters), expandable: Self.inRefund.map { "data.\($0)" }) {
                call, state throws(StripeError) in
                let payment = try call.parameters.text("payment_intent")
                let charge = try call.parameters.text("charge")
                return try ObjectPage(call: call, url: "/v1/refunds", store: state.refunds).list(
                    where: { refund in
                        (payment == nil || refund.paymentIntent == payment)
                            && (charge == nil || refund.charge == charge)
                    },
                    created: \.created, object: \.object)
            })
    }

    private func addDisputes(to group: RouterGroup<SandboxContext>) {
        get(
            group, ":id",
            .reading(expandable: ["charge", "payment_intent"]) { call, state throws(StripeError) in
                guard let dispute = state.disputes[call.id] else { throw .noSuch("dispute", call.id, param: "dispute") }
                return dispute.object
            })
        let filters: [String: ParameterShape] = ["created": .range, "payment_intent": .value, "charge": .value]
        get(
            group, "",
            .reading(paged(filters)) { call, state throws(StripeError) in
                let payment = try call.parameters.text("payment_intent")
                let charge = try call.parameters.text("charge")
                return try ObjectPage(call: call, url: "/v1/disputes", store: state.disputes).list(
                    where: { dispute in
                        (payment == nil || dispute.paymentIntent == payment)
                            && (charge == nil || dispute.charge == charge)
                    },
                    created: \.created, object: \.object)
            })
    }

    private func addEvents(to group: RouterGroup<SandboxContext>) {
        get(
            group, ":id",
            .reading { call, state throws(StripeError) in
                guard let event = state.events[call.id] else { throw .noSuch("event", call.id, param: "event") }
                return event.object
            })
        let filters: [String: ParameterShape] = [
            "created": .range, "type": .value, "types": .list(.value), "delivery_success": .value,
        ]
        get(
            group, "",
            .reading(paged(filters)) { call, state throws(StripeError) in
                let types = call.parameters.values("types") + [try call.parameters.text("type")].compactMap { $0 }
                let delivered = try call.parameters.flag("delivery_success")
                return try ObjectPage(call: call, url: "/v1/events", store: state.events).list(
                    where: { event in
                        (types.isEmpty || types.contains { event.isOf($0) })
                            && (delivered == nil || delivered == event.isSettled)
                    },
                    created: \.created, object: \.object)
            })
    }

    private func paged(_ filters: [String: ParameterShape]) -> [String: ParameterShape] {
        ParameterShape.page.merging(filters) { _, filter in filter }
    }

    private func get(_ group: RouterGroup<SandboxContext>, _ path: RouterPath, _ endpoint: StripeEndpoint) {
        group.get(path) { try await gateway.answer(endpoint, $0, $1) }
    }

    private func post(_ group: RouterGroup<SandboxContext>, _ path: RouterPath, _ endpoint: StripeEndpoint) {
        group.post(path) { try await gateway.answer(endpoint, $0, $1) }
    }
}
