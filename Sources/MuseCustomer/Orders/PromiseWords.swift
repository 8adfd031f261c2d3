import MuseShared

/// Says how long an order still takes, by the queue as it is now, and what was said when it was paid.
struct PromiseWords: Sendable {
    /// What was said at payment.
    let promised: Timestamp?
    /// By the queue; nil when the queue doesn't know the order yet.
    let minutes: Int64?
    let now: Timestamp
    /// Whether the kitchen is at it: what has not been begun is not nearly there.
    var isBegun = true

    /// Later than said by no more than this is no news.
    private static let graceMilliseconds: Int64 = 180_000

    /// `about 6 min`, `ready about 6:00 PM`, `nearly there`.
    func sentence(_ clockTime: (Timestamp) -> String) -> String {
        guard let minutes else { return "we are on it" }
        if minutes > 60 { return "ready about \(clockTime(ready(in: minutes)))" }
        if minutes > 1 { return "about \(minutes) min" }
        if isPast { return "it takes a little longer than we said" }
        return isBegun ? "nearly there" : "about 1 min"
    }

    /// `We said 2:38 PM.`, as long as that is so.
    func said(_ clockTime: (Timestamp) -> String) -> String? {
        guard let promised else { return nil }
        let expected = minutes.map { now.adding(minutes: $0) } ?? now
        // Beyond ten minutes what is told was rounded up to five.
        let rounding: Int64 = (minutes ?? 0) > 10 ? 300_000 : 0
        let over = expected.milliseconds - promised.milliseconds
        return over > Self.graceMilliseconds + rounding
            ? "It takes longer than the \(clockTime(promised)) we said." : "We said \(clockTime(promised))."
    }

    private var isPast: Bool {
        promised.map { now.milliseconds - $0.milliseconds >= Self.graceMilliseconds } ?? false
    }

    /// In steps of five minutes of the clock, unless that is what was chosen.
    private func ready(in minutes: Int64) -> Timestamp {
        let step: Int64 = 300_000
        let time = now.adding(minutes: minutes)
        if let promised, abs(time.milliseconds - promised.milliseconds) < step { return promised }
        return Timestamp(milliseconds: time.milliseconds / step * step)
    }
}
