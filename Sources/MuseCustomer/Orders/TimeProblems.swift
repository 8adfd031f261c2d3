import MuseShared

/// What a guest is told when an order can't be taken for its time. The times are UTC for programs; the pages say them
/// in the venue's words.
extension ScheduleOrder.Refusal: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .paused(let until):
            return conflict("ordering-paused", "We have paused ordering", "The kitchen is catching up.", "fulfilment")
                .with("until", until)
        case .closed(let opens, let firstSlot):
            let advice = firstSlot == nil ? "Please ask us when we open." : "Choose one of the pickup times."
            return conflict("closed", "We are closed now", advice, "fulfilment.at")
                .with("opens", opens).with("firstSlot", firstSlot)
        case .closesBefore(let closing, let firstSlot):
            return conflict(
                "closes-before", "We close before it would be ready", "Choose one of the pickup times.", "fulfilment.at"
            ).with("closes", closing).with("firstSlot", firstSlot)
        case .noSuchTime(let firstSlot):
            return conflict("no-such-time", "This time is no longer on offer", "Choose another one.", "fulfilment.at")
                .with("firstSlot", firstSlot)
        case .slotFull(let next):
            return conflict(
                "slot-full", "This time has just filled up", "The kitchen has no room left then. Choose another one.",
                "fulfilment.at"
            ).with("firstSlot", next)
        }
    }

    private func conflict(_ kind: String, _ title: String, _ advice: String, _ field: String) -> Problem {
        var problem = Problem.conflict(
            kind, title: "\(title).", detail: "Nothing was ordered and nothing was charged. \(advice)")
        problem.errors = [FieldError(field, "\(title). \(advice)")]
        return problem
    }
}
