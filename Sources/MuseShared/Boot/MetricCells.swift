import CoreMetrics
import Foundation
import Synchronization

/// A metric's name with one set of labels.
struct Series: Hashable, Sendable {
    let label: String
    let dimensions: [[String]]

    init(_ label: String, _ dimensions: [(String, String)]) {
        self.label = label
        self.dimensions = dimensions.map { [$0.0, $0.1] }
    }

    var order: String { label + dimensions.joined().joined(separator: "\u{1}") }

    func name(_ suffix: String = "") -> String {
        String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "_" }) + suffix
    }

    func labels(_ more: [String]...) -> String {
        let pairs = (dimensions + more).compactMap { pair -> String? in
            guard let key = pair.first, let value = pair.last else { return nil }
            let escaped = value.replacingOccurrences(of: "\\", with: "\\\\")
                .replacingOccurrences(of: "\"", with: "\\\"")
                .replacingOccurrences(of: "\n", with: "\\n")
            return "\(key)=\"\(escaped)\""
        }
        return pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    }
}

final class CounterCell: CounterHandler {
    private let total = Atomic<Int64>(0)

    var value: Int64 { total.load(ordering: .relaxed) }

    func increment(by amount: Int64) { total.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { total.store(0, ordering: .relaxed) }
}

final class GaugeCell: MeterHandler, RecorderHandler, FloatingPointCounterHandler {
    private let current = Mutex<Double>(0)

    var value: Double { current.withLock { $0 } }

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { current.withLock { $0 = value } }
    func increment(by amount: Double) { current.withLock { $0 += amount } }
    func decrement(by amount: Double) { current.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(value) }
    func record(_ value: Double) { set(value) }
    func reset() { set(0.0) }
}

/// Durations in seconds, in buckets from 0.1 ms to 10 s.
final class HistogramCell: TimerHandler, RecorderHandler {
    private struct State {
        var buckets = [Int64](repeating: 0, count: HistogramCell.bounds.count + 1)
        var sum = 0.0
        var count: Int64 = 0
    }

    private static let bounds: [Double] = [
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]
    private let state = Mutex(State())

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let index = Self.bounds.firstIndex { value <= $0 } ?? Self.bounds.count
        state.withLock { state in
            state.buckets[index] += 1
            state.sum += value
            state.count += 1
        }
    }

    /// Empty until something was recorded, so that routes never used take no room.
    func lines(_ series: Series) -> [String] {
        let state = state.withLock { $0 }
        guard state.count > 0 else { return [] }
        var total: Int64 = 0
        var lines: [String] = []
        for (bound, amount) in zip(Self.bounds, state.buckets) {
            total += amount
            lines.append("\(series.name("_bucket"))\(series.labels(["le", "\(bound)"])) \(total)")
        }
        lines.append("\(series.name("_bucket"))\(series.labels(["le", "+Inf"])) \(state.count)")
        lines.append("\(series.name("_sum"))\(series.labels()) \(state.sum)")
        lines.append("\(series.name("_count"))\(series.labels()) \(state.count)")
        return lines
    }
}
