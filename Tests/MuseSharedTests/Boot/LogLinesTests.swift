import CoreMetrics
import Foundation
import Logging
import Synchronization
import Testing

@testable import MuseShared

struct LogLinesTests {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    private func lines(_ style: LogLines.Style, _ body: (Logger) -> Void) -> [String] {
        let lines = Lines()
        let logger = Logger(label: "muse") { label in
            LogLines(label: label, style: style) { line in lines.all.withLock { $0.append(line) } }
        }
        body(logger)
        return lines.all.withLock { $0 }
    }

    @Test(arguments: [LogLines.Style.json, .readable])
    func `line breaks in input stay inside one line`(style: LogLines.Style) {
        let written = lines(style) { logger in
            logger.info("evil\r\n{\"level\":\"error\"}", metadata: ["note": "a\nb\u{1b}[31m"])
        }
        #expect(written.count == 1)
        #expect(!(written.first ?? "\n").contains { $0.isNewline })
        #expect(written.first?.contains("\u{1b}") == false)
    }

    @Test func `a line is JSON with time in UTC, level, request, message and metadata`() throws {
        let written = lines(.json) { logger in
            var logger = logger
            logger[metadataKey: "request"] = "abc"
            logger.warning("slow", metadata: ["ms": "\(12)"])
        }
        let line = try #require(written.first)
        let members = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(members["level"] as? String == "warning")
        #expect(members["request"] as? String == "abc")
        #expect(members["message"] as? String == "slow")
        #expect((members["metadata"] as? [String: String])?["ms"] == "12")
        #expect((members["time"] as? String)?.hasSuffix("Z") == true)
    }
}

struct PrometheusMetricsTests {
    @Test func `counters, gauges and histograms are written in Prometheus' format`() {
        let metrics = PrometheusMetrics()
        metrics.makeCounter(label: "orders_total", dimensions: [("kind", "a\"b")]).increment(by: 3)
        metrics.makeMeter(label: "open", dimensions: []).set(2.0)
        metrics.makeTimer(label: "wait_seconds", dimensions: [("route", "/menu")]).recordNanoseconds(3_000_000)
        let text = metrics.exposition()
        #expect(text.contains("# TYPE orders_total counter\norders_total{kind=\"a\\\"b\"} 3\n"))
        #expect(text.contains("# TYPE open gauge\nopen 2.0\n"))
        #expect(text.contains("wait_seconds_bucket{route=\"/menu\",le=\"0.0025\"} 0\n"))
        #expect(text.contains("wait_seconds_bucket{route=\"/menu\",le=\"0.005\"} 1\n"))
        #expect(text.contains("wait_seconds_bucket{route=\"/menu\",le=\"+Inf\"} 1\n"))
        #expect(text.contains("wait_seconds_count{route=\"/menu\"} 1\n"))
    }

    @Test func `the same name and labels are one series`() {
        let metrics = PrometheusMetrics()
        for _ in 0..<2 { metrics.makeCounter(label: "a", dimensions: []).increment(by: 1) }
        #expect(metrics.exposition().contains("a 2\n"))
    }
}
