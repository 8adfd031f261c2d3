import CoreMetrics
import Foundation
import Synchronization

/// Keeps the process's metrics and writes them in Prometheus' text format.
public final class PrometheusMetrics: MetricsFactory {
    private let counters = Mutex<[Series: CounterCell]>([:])
    private let gauges = Mutex<[Series: GaugeCell]>([:])
    private let histograms = Mutex<[Series: HistogramCell]>([:])

    /// The metrics of this process.
    public static let shared = PrometheusMetrics()

    public init() {}

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        counters.withLock { $0.cell(Series(label, dimensions), CounterCell()) }
    }

    public func makeFloatingPointCounter(label: String, dimensions: [(String, String)])
        -> any FloatingPointCounterHandler
    {
        gauges.withLock { $0.cell(Series(label, dimensions), GaugeCell()) }
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauges.withLock { $0.cell(Series(label, dimensions), GaugeCell()) }
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        if aggregate { return histograms.withLock { $0.cell(Series(label, dimensions), HistogramCell()) } }
        return gauges.withLock { $0.cell(Series(label, dimensions), GaugeCell()) }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histograms.withLock { $0.cell(Series(label, dimensions), HistogramCell()) }
    }

    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}

    /// All series that have a value, one family after the other.
    public func exposition() -> String {
        var lines: [String] = []
        append(counters.withLock { $0 }, type: "counter", to: &lines) { series, cell in
            ["\(series.name())\(series.labels()) \(cell.value)"]
        }
        append(gauges.withLock { $0 }, type: "gauge", to: &lines) { series, cell in
            ["\(series.name())\(series.labels()) \(cell.value)"]
        }
        append(histograms.withLock { $0 }, type: "histogram", to: &lines) { series, cell in cell.lines(series) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func append<Cell>(
        _ cells: [Series: Cell],
        type: String,
        to lines: inout [String],
        _ write: (Series, Cell) -> [String]
    ) {
        var family = ""
        for (series, cell) in cells.sorted(by: { $0.key.order < $1.key.order }) {
            let written = write(series, cell)
            guard !written.isEmpty else { continue }
            if series.label != family {
                family = series.label
                lines.append("# TYPE \(series.name()) \(type)")
            }
            lines += written
        }
    }
}

extension Dictionary {
    /// The value for `key`; `fresh` becomes it when there is none.
    fileprivate mutating func cell(_ key: Key, _ fresh: @autoclosure () -> Value) -> Value {
        if let existing = self[key] { return existing }
        let value = fresh()
        self[key] = value
        return value
    }
}
