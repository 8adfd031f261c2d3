import MuseShared

extension MarkDone.Refusal: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .unknownOrder, .unknownLine:
            .notFound
        case .notOpen(let status):
            Problem.conflict(
                "order-moved-on", title: "This order is not in the kitchen now.",
                detail: "It is: \(StaffWords.state(status).lowercased()). Nothing was changed."
            ).with("orderStatus", status.rawValue)
        case .tooMany(let ordered):
            Problem.invalid("done", "Only \(ordered) were ordered.")
        case .doneMeanwhile(let done, let name):
            Problem.conflict(
                "line-moved-on", title: "Another screen was faster.",
                detail: "Of \(name), \(done) are done now. Nothing was changed.")
        case .failed(let error):
            Problem.failure(of: error)
        }
    }
}

extension UndoTap.Refusal: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .unknownTap:
            .notFound
        case .movedOn(let status):
            Problem.conflict(
                "order-moved-on", title: "Somebody has worked on this order since.",
                detail: "It is now: \(StaffWords.state(status).lowercased()). The tap was not taken back."
            ).with("orderStatus", status.rawValue)
        case .failed(let error):
            Problem.failure(of: error)
        }
    }
}
