import MuseShared

/// Whether orders come in now, and the taps that change it: on the board and above the hours.
struct OrderingStrip: Encodable, Sendable {
    struct Act: Encodable, Sendable {
        let actPath: String
        let actName: String
        let actValue: String
        let actLabel: String
    }

    let orderingWords: String
    let isHeld: Bool
    let acts: [Act]
    let orderingReturn: String

    init(_ venue: Venue, now: Timestamp, returnTo: String) {
        let delay = venue.ordering.delay(at: now)
        let zone = venue.timeZone
        let state = OrderingGate(venue).state(at: now)
        let added = delay.map { ", \($0.minutes) min added until \(zone.clockTime($0.until))" } ?? ""
        orderingReturn = returnTo
        switch state {
        case .paused(let until):
            orderingWords =
                until.map { "Ordering paused until \(zone.clockTime($0))" } ?? "Ordering paused until you say so"
            isHeld = true
            acts = [Self.act(pause: "resume", "Take orders again")]
            return
        case .open: orderingWords = "Taking orders\(added)"
        case .closed: orderingWords = "Closed, orders come in for later\(added)"
        }
        isHeld = delay != nil
        acts =
            [Self.act(delay: "10", "+10 minutes")] + (delay == nil ? [] : [Self.act(delay: "0", "No added minutes")])
            + [
                Self.act(pause: "15", "Pause 15 min"), Self.act(pause: "30", "Pause 30 min"),
                Self.act(pause: "60", "Pause 60 min"), Self.act(pause: "untilResumed", "Pause until I say so"),
            ]
    }

    private static func act(pause value: String, _ label: String) -> Act {
        Act(actPath: Paths.pause, actName: "pause", actValue: value, actLabel: label)
    }

    private static func act(delay value: String, _ label: String) -> Act {
        Act(actPath: Paths.delay, actName: "minutes", actValue: value, actLabel: label)
    }
}
