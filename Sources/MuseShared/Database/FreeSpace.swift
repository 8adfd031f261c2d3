import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// Whether the disk has room for a write; asked at most once a second.
///
/// Refusing early keeps reads working and the log whole, and lets writes come back by themselves.
final class FreeSpace: Sendable {
    private let folder: String
    private let least: Int64
    private let last = Mutex<(checked: ContinuousClock.Instant, enough: Bool)?>(nil)

    init(path: String, least: Int64) {
        folder = URL(filePath: path).deletingLastPathComponent().path
        self.least = least
    }

    var isEnough: Bool {
        last.withLock { last in
            let now = ContinuousClock.now
            if let known = last, known.enough, now - known.checked < .seconds(1) { return true }
            let enough = available.map { $0 >= least } ?? true
            last = (now, enough)
            return enough
        }
    }

    private var available: Int64? {
        var facts = statvfs()
        guard statvfs(folder, &facts) == 0 else { return nil }
        return Int64(
            clamping: UInt64(facts.f_bavail).multipliedReportingOverflow(by: UInt64(facts.f_frsize)).partialValue)
    }
}
