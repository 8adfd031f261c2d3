import HTTPTypes
import Hummingbird
import MuseShared

/// Renders an order's page: as it is, or again with what was refused and what had been typed.
struct ShowStaffOrder: Sendable {
    let desk: StaffDesk

    /// - Throws: 404 if there is no such order.
    func callAsFunction(
        _ id: String, _ context: StaffContext, problem: Problem? = nil, message: MessageForm? = nil
    ) throws -> Response {
        guard IDSource.isPlausible(id), let detail = try desk.orders.detail(id) else { throw Problem.notFound }
        let content = StaffOrderPage.Content(
            detail: detail, refundableMinor: try desk.refunds.standing(of: detail).refundableMinor,
            emails: try desk.emails.emails(ofOrder: id),
            session: try desk.checkouts.session(ofOrder: id), venue: try desk.venue(), staff: context.staff,
            now: desk.now(), problem: problem, message: message)
        let page = StaffOrderPage(content, frame: desk.frame(context))
        return try desk.renderer.html(page, status: problem?.status ?? .ok, context)
    }
}
