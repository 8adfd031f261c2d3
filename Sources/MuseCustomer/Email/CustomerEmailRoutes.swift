import Hummingbird
import MuseShared

/// Sending for other programs of ours: who may, is proved by the origin and a service token together.
struct CustomerEmailRoutes: Sendable {
    let sendEmail: SendEmailAction

    func add(to router: Router<VisitorContext>) {
        router.on("/api/send-email", method: .options) { request, _ in try sendEmail.preflight(request) }
        router.post("/api/send-email") { request, context in try await sendEmail(request, context) }
    }
}
