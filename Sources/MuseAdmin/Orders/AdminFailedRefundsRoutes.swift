import HTTPTypes
import Hummingbird
import MuseShared

/// What is done about refunds that failed, other than refunding again.
struct AdminFailedRefundsRoutes: Sendable {
    let desk: StaffDesk

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.post("/api/orders/{id}/refunds/handled", use: handled)
    }

    private struct Body: Decodable {
        let note: String?
    }

    private struct Answer: Encodable {
        let handledMinor: Int64
    }

    private func handled(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.refundOrders)
        let body = try await request.input(Body.self, context)
        guard let id = context.parameters.get("id"), IDSource.isPlausible(id), try desk.orders.order(id) != nil else {
            throw Problem.notFound
        }
        do {
            let note = try PlainText.clean(body.note ?? "", field: "note", maximum: 200)
            let amount = try await NoteRefundHandled(database: desk.database)(
                .init(orderID: id, note: note, staffID: context.staff.id))
            guard context.web.wantsPage else { return try .json(Answer(handledMinor: amount)) }
            return .redirect(to: Paths.order(id), flash: Flash(.success, "Noted. Nothing is open any more."), context)
        } catch let refusal as any ProblemConvertible
            where context.web.wantsPage && refusal.problem.status.code < 500
        {
            return try ShowStaffOrder(desk: desk)(id, context, problem: refusal.problem)
        }
    }
}

extension NoteRefundHandled.Refusal: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .badNote: .invalid("note", "Say how it was returned, in at most 200 characters.")
        case .nothingOpen:
            .conflict(
                "no-failed-refund", title: "No refund is open here.",
                detail: "It was made good meanwhile, or none has failed. Nothing was changed.")
        case .failed(let error): .failure(of: error)
        }
    }
}
