import Hummingbird
import Logging

/// One line for a request that changed something or went wrong.
///
/// Successful reads are written at debug level only: metrics count them, and a line for each would cost more than
/// serving the menu does. Lines name the route's template and not the path, which may hold an order's token.
struct AccessLog: Sendable {
    let threshold: Logger.Level

    func note(_ request: Request, route: String?, status: Int, nanoseconds: Int64, _ context: some WebContext) {
        let isRead = request.method == .get || request.method == .head
        let level: Logger.Level = status >= 400 || !isRead ? .info : .debug
        guard level >= threshold else { return }
        var metadata: Logger.Metadata = [
            "method": .string(request.method.rawValue),
            "route": .string(route ?? "refused"),
            "status": .stringConvertible(status),
            "client": .stringConvertible(context.web.client),
            "microseconds": .stringConvertible(nanoseconds / 1000),
        ]
        if status == 404 || status == 405 || status == 400 {
            metadata["path"] = .string(String(RequestTarget.path(of: request.head.path ?? "").prefix(120)))
        }
        context.logger.log(level: level, "request", metadata: metadata)
    }
}
