import Hummingbird
import MuseShared

/// What staff write to guests.
struct AdminEmailRoutes<Context: WebContext>: Sendable {
    let sendNotification: SendNotificationAction<Context>

    /// - Parameter group: lets nobody in without a staff session.
    func add(to group: some RouterMethods<Context>) {
        group.post("/api/notifications") { request, context in try await sendNotification(request, context) }
    }
}
