import MuseShared

/// Says when an order will be ready. The promise itself does not move about; only the minutes to it grow fewer.
struct PromiseWords: Sendable {
    let promised: Timestamp?
    let now: Timestamp
    /// Whether the kitchen is at it: what has not been begun is not nearly there.
    var isBegun = true

    /// `about 6 min`, `ready about 6:00 PM`, `nearly there`.
    func sentence(_ clockTime: (Timestamp) -> String) -> String {
        guard let promised else { return "we are on it" }
        let left = promised.milliseconds - now.milliseconds
        if left > 3_600_000 { return "ready about \(clockTime(promised))" }
        if left > 0 { return "about \(Self.minutes(left)) min" }
        // A little over is no news; more than that is said.
        return isBegun && left > -180_000 ? "nearly there" : "it takes a little longer than we said"
    }

    /// Whole minutes up to ten; beyond, in steps of five: nobody wants to see 23 become 22.
    static func minutes(_ milliseconds: Int64) -> Int64 {
        let minutes = max(1, (milliseconds + 59_999) / 60_000)
        return minutes <= 10 ? minutes : (minutes + 4) / 5 * 5
    }
}
