import Foundation
import Synchronization

/// Failures that tests switch on: each outside service can be down, slow, throttled or cut for a while.
final class FaultSwitchboard: Sendable {
    enum Target: String, Sendable, CaseIterable { case stripe, ses, webhooks, storage }

    /// What goes wrong. `duplicate`, `reorder` and `drop` concern webhooks, `paused` and `suspended` SES.
    enum Mode: String, Sendable, CaseIterable {
        /// 503 without doing anything.
        case down
        /// The connection is closed without doing anything.
        case refuse
        /// The request takes effect, then the connection is closed before the answer.
        case cut
        case slow, throttle, duplicate, reorder, drop, paused, suspended
        case none
    }

    struct Fault: Sendable {
        let mode: Mode
        /// Milliseconds since 1970, or nil until it is switched off.
        let until: Int64?
        /// Share of requests that it strikes, 0 … 1.
        let rate: Double
        /// How long `slow` and `reorder` hold back, in seconds.
        let delay: Double
    }

    private let faults = Mutex<[Target: [Fault]]>([:])

    /// - Parameter also: beside the faults that are switched on, not in their place.
    func set(_ fault: Fault, on target: Target, also: Bool = false) {
        faults.withLock { faults in
            let others = also ? (faults[target] ?? []).filter { $0.mode != fault.mode } : []
            faults[target] = fault.mode == .none ? nil : others + [fault]
        }
    }

    /// The fault that strikes this request, drawn by the rates.
    func strike(_ target: Target) -> Fault? {
        let now = WallTime.milliseconds
        // Each draws for itself; the one that was switched on first goes first.
        return faults.withLock { $0[target] ?? [] }.first { fault in
            if let until = fault.until, now >= until { return false }
            return fault.rate >= 1 || Double.random(in: 0..<1) < fault.rate
        }
    }

    var description: JSON {
        let now = WallTime.milliseconds
        return .object(
            faults.withLock { $0 }.reduce(into: [:]) { found, entry in
                let target = entry.key
                guard let fault = entry.value.last(where: { now < $0.until ?? .max }) else { return }
                found[target.rawValue] = [
                    "mode": .string(fault.mode.rawValue),
                    "rate": .decimal(fault.rate),
                    "delay": .decimal(fault.delay),
                    "secondsLeft": fault.until.map { .decimal(Double($0 - now) / 1000) } ?? .null,
                ]
            })
    }
}
