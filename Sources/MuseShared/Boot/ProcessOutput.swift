import Foundation
import Logging
import Metrics
import Synchronization

/// Sets up logging and metrics for the whole process. Call it first in `main`; further calls change nothing.
public enum ProcessOutput {
    /// - Parameter environment: readable lines in development, JSON elsewhere.
    public static func begin(_ environment: MuseConfiguration.Environment, level: Logger.Level = .info) {
        settings.withLock { settings in
            guard !settings else { return }
            settings = true
            let style: LogLines.Style = environment == .development ? .readable : .json
            LoggingSystem.bootstrap { label in
                var handler = LogLines(label: label, style: style)
                handler.logLevel = level
                return handler
            }
            MetricsSystem.bootstrap(PrometheusMetrics.shared)
        }
    }

    private static let settings = Mutex(false)
}
