import Hummingbird
import MuseShared

/// An order for whoever has its link; for everybody else there is none.
struct FindGuestOrder: Sendable {
    let counter: GuestCounter

    /// - Parameter token: what proves it; from the address, unless a form brings it.
    /// - Throws: 404 unless the link proves that the order may be seen.
    func callAsFunction(
        _ request: Request, _ context: VisitorContext, token: String? = nil
    ) throws -> (OrderDetail, token: String) {
        guard let id = context.parameters.get("id"), IDSource.isPlausible(id),
            let text = token ?? request.uri.queryParameters.get("token"), text.utf8.count <= 100,
            let detail = try counter.orders.detail(id), counter.links.isValid(Token(text: text), for: detail.order)
        else { throw Problem.notFound }
        return (detail, text)
    }
}
