import MuseShared

/// Whether orders come in now, and the taps that change it: on the board and above the hours.
///
/// What is needed in a rush is one tap and is taken back by one; each of its buttons is always at the same place. Other
/// lengths stand in the fold.
struct OrderingStrip: Encodable, Sendable {
    struct Act: Encodable, Sendable {
        let actPath: String
        let actName: String
        let actValue: String
        let actLabel: String
    }

    struct Tap: Encodable, Sendable {
        let tapPath: String
        let tapName: String
        let tapValue: String
        let tapLabel: String
        /// Under the label: until when it holds.
        var tapDetail: String?
        /// Something holds now that this tap adds to or ends.
        var isOn = false
        /// There is nothing that it could do now; its place is kept.
        var isIdle = false
    }

    let orderingWords: String
    let isHeld: Bool
    let taps: [Tap]
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
        case .open: orderingWords = "Taking orders\(added)"
        case .closed(nil): orderingWords = "Closed: no hours are set, so nobody can order"
        case .closed: orderingWords = "Closed, orders come in for later\(added)"
        }
        let pause = venue.ordering.pause(at: now)
        isHeld = delay != nil || pause != nil
        taps = Self.delayTaps(delay, zone: zone) + [Self.pauseTap(pause, zone: zone)]
        acts =
            (delay == nil ? [] : [Self.act(delay: "0", "No added minutes")])
            + [
                Self.act(pause: "30", "Pause 30 min"), Self.act(pause: "60", "Pause 60 min"),
                Self.act(pause: "untilResumed", "Pause until I say so"),
            ]
    }

    private static func delayTaps(_ delay: OrderingRules.Delay?, zone: VenueZone) -> [Tap] {
        [
            Tap(tapPath: Paths.delay, tapName: "minutes", tapValue: "-10", tapLabel: "−10", isIdle: delay == nil),
            Tap(
                tapPath: Paths.delay, tapName: "minutes", tapValue: "10", tapLabel: "+10 min",
                tapDetail: delay.map { "\($0.minutes) to \(zone.clockTime($0.until))" },
                isOn: delay != nil),
        ]
    }

    private static func pauseTap(_ pause: OrderingRules.Pause?, zone: VenueZone) -> Tap {
        guard let pause else {
            return Tap(
                tapPath: Paths.pause, tapName: "pause", tapValue: "15", tapLabel: "Pause", tapDetail: "for 15 min")
        }
        return Tap(
            tapPath: Paths.pause, tapName: "pause", tapValue: "resume", tapLabel: "Resume",
            tapDetail: pause.until.map { "paused to \(zone.clockTime($0))" } ?? "paused", isOn: true)
    }

    private static func act(pause value: String, _ label: String) -> Act {
        Act(actPath: Paths.pause, actName: "pause", actValue: value, actLabel: label)
    }

    private static func act(delay value: String, _ label: String) -> Act {
        Act(actPath: Paths.delay, actName: "minutes", actValue: value, actLabel: label)
    }
}
