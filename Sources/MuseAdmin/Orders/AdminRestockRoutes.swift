import HTTPTypes
import Hummingbird
import MuseShared

/// Putting portions of an order back into stock without money.
struct AdminRestockRoutes: Sendable {
    let desk: StaffDesk

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.post("/api/orders/{id}/restocks", use: restock)
    }

    private struct Body: Decodable {
        let lines: [RefundForm.Body.Line]
    }

    private struct Answer: Encodable {
        let restocked: Int64
    }

    private func restock(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.refundOrders)
        guard let id = context.parameters.get("id"), IDSource.isPlausible(id) else { throw Problem.notFound }
        guard request.isForm else {
            let portions = try await request.input(Body.self, context).lines.map {
                RefundOrder.Portion(lineID: $0.lineId, quantity: $0.quantity)
            }
            let count = try await put(id, portions, context)
            return try .json(Answer(restocked: count), status: .created)
        }
        let fields = try await request.formFields(context)
        let portions = fields.pairs.filter { $0.name.hasPrefix(RefundForm.portionField) }.map { pair in
            RefundOrder.Portion(
                lineID: String(pair.name.dropFirst(RefundForm.portionField.count)), quantity: Int64(pair.value) ?? 0)
        }
        do {
            let count = try await put(id, portions, context)
            let words = count == 1 ? "One portion is back in stock." : "\(count) portions are back in stock."
            return .redirect(to: Paths.order(id), flash: Flash(.success, words + " No money moved."), context)
        } catch let refusal as RestockPortions.Refusal where refusal.problem.status.code < 500 {
            guard try desk.orders.order(id) != nil else { throw Problem.notFound }
            let flash = Flash(.warning, refusal.problem.detail ?? refusal.problem.title)
            return .redirect(to: Paths.refund(id), flash: flash, context)
        }
    }

    private func put(
        _ id: String, _ portions: [RefundOrder.Portion], _ context: StaffContext
    ) async throws -> Int64 {
        try await RestockPortions(database: desk.database)(
            .init(orderID: id, portions: portions, staffID: context.staff.id))
    }
}

extension RestockPortions.Refusal: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .unknownOrder: .notFound
        case .nothingChosen: .invalid("lines", "Choose at least one portion.")
        case .unknownLine: .invalid("lines", "This line is not part of the order.")
        case .moreThanLeft(let name, let left):
            Problem.conflict(
                "restocked-already", title: "These portions are back already.",
                detail: left == 0
                    ? "No portion of \(name) can go back into stock any more. Nothing was changed."
                    : "Of \(name) only \(left) can go back into stock. Nothing was changed."
            ).with("left", left)
        case .failed(let error): .failure(of: error)
        }
    }
}
