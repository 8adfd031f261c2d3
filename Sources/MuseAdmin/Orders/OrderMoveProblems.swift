import MuseShared

extension MoveOrder.Refusal: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .unknownOrder:
            .notFound
        case .notFrom(let status, let wanted):
            Problem.conflict(
                "order-moved-on", title: "This order has moved on meanwhile.",
                detail: "It is now: \(StaffWords.state(status).lowercased()). From there it can't become: "
                    + "\(StaffWords.state(wanted).lowercased()). Nothing was changed."
            ).with("orderStatus", status.rawValue)
        case .failed(let error):
            Problem.failure(of: error)
        }
    }
}
