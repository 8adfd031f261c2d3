import HTTPTypes
import Hummingbird
import MuseShared

/// `POST /api/notifications`: a program gets 202, a form goes back to the order it was written from.
struct SendNotificationAction<Context: WebContext>: Sendable {
    private let send: SendNotification
    private let staffID: @Sendable (Context) throws -> String
    private let refused: @Sendable (Request, Context, NotificationInput, Problem) async throws -> Response

    /// - Parameters:
    ///   - staffID: who writes; throws for somebody who may not.
    ///   - refused: shows a refused form again, with what was typed and the sentences of the problem.
    init(
        send: SendNotification, staffID: @escaping @Sendable (Context) throws -> String,
        refused: @escaping @Sendable (Request, Context, NotificationInput, Problem) async throws -> Response
    ) {
        self.send = send
        self.staffID = staffID
        self.refused = refused
    }

    func callAsFunction(_ request: Request, _ context: Context) async throws -> Response {
        let staffID = try staffID(context)
        let input = try await request.input(NotificationInput.self, context)
        let id: String
        do throws(SendNotification.Refusal) {
            id = try await send(input.request(staffID: staffID))
        } catch {
            guard request.isForm, error.problem.status == .unprocessableContent else { throw error.problem }
            return try await refused(request, context, input, error.problem)
        }
        if request.isForm {
            let path = input.orderId.map { "/orders/\($0)" } ?? "/orders"
            return .redirect(to: path, flash: Flash(.success, "Your message is on its way."), context)
        }
        return try .json(AcceptedNotification(id: id), status: .accepted)
    }
}

/// What is typed into the message form, or sent as JSON.
struct NotificationInput: Decodable, Sendable {
    var to: String?
    var eventId: String?
    var subject: String?
    var text: String?
    var orderId: String?

    func request(staffID: String) -> SendNotification.Request {
        var request = SendNotification.Request(subject: subject ?? "", text: text ?? "", staffID: staffID)
        request.to = to
        request.eventID = eventId
        request.orderID = orderId
        return request
    }
}

/// What a program is told: it is written down, and goes out as soon as the customer service takes it.
private struct AcceptedNotification: Encodable {
    let id: String
    let status = "queued"
}
