import HTTPTypes
import Hummingbird
import MuseShared

/// Giving money back: choose, see the figures, confirm. Without scripts it is two pages; with JSON one call.
struct AdminRefundsRoutes: Sendable {
    let desk: StaffDesk

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.get("/orders/{id}/refund", use: show)
        staff.post("/api/orders/{id}/refunds", use: refund)
    }

    private func detail(_ context: StaffContext) throws -> OrderDetail {
        guard let id = context.parameters.get("id"), IDSource.isPlausible(id), let detail = try desk.orders.detail(id)
        else { throw Problem.notFound }
        return detail
    }

    /// The form; with `confirm` the figures of what was chosen, and nothing is written yet.
    private func show(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.refundOrders)
        let detail = try detail(context)
        let fields = try FormFields(text: request.uri.query ?? "")
        let form = RefundForm(fields)
        guard fields.first("confirm") == "true" else { return try page(detail, form, context) }
        do {
            let request = try form.request(for: detail.order)
            return try page(detail, form, context, plan: try desk.refundOrder.plan(request))
        } catch let refusal as any ProblemConvertible where refusal.problem.status.code < 500 {
            return try page(detail, form, context, problem: refusal.problem)
        }
    }

    private func page(
        _ detail: OrderDetail, _ form: RefundForm, _ context: StaffContext, plan: RefundOrder.Plan? = nil,
        problem: Problem? = nil
    ) throws -> Response {
        let content = RefundPage.Content(
            detail: detail, refunded: try desk.refunds.standing(of: detail), form: form, plan: plan, problem: problem)
        return try desk.renderer.html(
            RefundPage(content, staff: desk.frame(context)), status: problem?.status ?? .ok, context)
    }

    private struct Answer: Encodable {
        let id: String
        let amountMinor: Int64
        let state: String
    }

    private func refund(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.refundOrders)
        guard !request.isForm else { return try await refundByForm(request, context) }
        let body = try await request.input(RefundForm.Body.self, context)
        let detail = try detail(context)
        guard let key = request.headers[.idempotencyKey], (1...255).contains(key.utf8.count) else {
            throw Problem(
                .badRequest, "idempotency-key-missing", title: "An Idempotency-Key is needed",
                detail: "Send a header Idempotency-Key with a value that is new for each refund.")
        }
        let issued = try await desk.refundOrder(
            try RefundForm.request(body, orderID: detail.order.id),
            by: .init(staffID: context.staff.id, idempotencyKey: key))
        let answer = Answer(id: issued.refundID, amountMinor: issued.amountMinor, state: issued.state)
        return try .json(answer, status: .created)
    }

    private func refundByForm(_ request: Request, _ context: StaffContext) async throws -> Response {
        let form = RefundForm(try await request.formFields(context))
        let detail = try detail(context)
        do {
            let issued = try await desk.refundOrder(
                try form.request(for: detail.order),
                by: .init(staffID: context.staff.id, idempotencyKey: form.idempotencyKey))
            let currency = Currency(code: detail.order.derivation.currency) ?? .usd
            let amount = Money(minor: issued.amountMinor, currency: currency).formatted
            let words =
                issued.state == "succeeded"
                ? "\(amount) went back to the card. The guest has been told."
                : "\(amount) is on its way. Stripe takes its time; this page will say when it is done."
            return .redirect(to: Paths.order(detail.order.id), flash: Flash(.success, words), context)
        } catch let refusal as any ProblemConvertible where refusal.problem.status.code < 500 {
            // What was typed stays, under a new key: the next try is another refund.
            var fresh = form
            fresh.idempotencyKey = IDSource.live.next()
            return try page(try self.detail(context), fresh, context, problem: refusal.problem)
        }
    }
}

extension HTTPField.Name {
    fileprivate static let idempotencyKey = HTTPField.Name("Idempotency-Key") ?? .cookie
}
