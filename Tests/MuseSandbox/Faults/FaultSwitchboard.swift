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
        /// The request waits until this is switched off; then its connection is closed and nothing was done.
        case stall
        /// The request takes effect; its answer waits until this is switched off.
        case mute
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
        /// Strikes only requests of this method and path, such as `POST /v1/refunds`; nil is all.
        var only: String?
        /// Tells it from another one of the same kind.
        let id = UUID()
    }

    private let faults = Mutex<[Target: [Fault]]>([:])
    private let waiting = Mutex(0)

    /// - Parameter also: beside the faults that are switched on, not in their place.
    func set(_ fault: Fault, on target: Target, also: Bool = false) {
        faults.withLock { faults in
            let others = also ? (faults[target] ?? []).filter { $0.mode != fault.mode } : []
            faults[target] = fault.mode == .none ? nil : others + [fault]
        }
    }

    /// The fault that strikes this request, drawn by the rates.
    ///
    /// - Parameter what: method and path.
    func strike(_ target: Target, _ what: String = "") -> Fault? {
        let now = WallTime.milliseconds
        // Each draws for itself; the one that was switched on first goes first.
        return faults.withLock { $0[target] ?? [] }.first { fault in
            if let until = fault.until, now >= until { return false }
            if let only = fault.only, !what.hasPrefix(only) { return false }
            return fault.rate >= 1 || Double.random(in: 0..<1) < fault.rate
        }
    }

    /// Holds a request for as long as the fault that struck it is switched on.
    func wait(whileOn fault: Fault, _ target: Target) async {
        waiting.withLock { $0 += 1 }
        defer { waiting.withLock { $0 -= 1 } }
        while isOn(fault, target) {
            guard (try? await Task.sleep(for: .milliseconds(5))) != nil else { return }
        }
    }

    private func isOn(_ fault: Fault, _ target: Target) -> Bool {
        let now = WallTime.milliseconds
        return faults.withLock { $0[target] ?? [] }.contains { $0.id == fault.id && now < $0.until ?? .max }
    }

    /// What is switched on, and how many requests wait.
    var description: JSON {
        let now = WallTime.milliseconds
        return .object(
            faults.withLock { $0 }.reduce(into: ["waiting": .integer(Int64(waiting.withLock { $0 }))]) { found, entry in
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
