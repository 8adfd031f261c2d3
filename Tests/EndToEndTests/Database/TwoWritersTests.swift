import Foundation
import MuseTestSupport
import Testing

@testable import MuseShared

extension EndToEnd {
    @Suite struct TwoWritersTests {
        /// The long run of the bar is `MUSE_TWO_WRITERS_SECONDS=60`.
        private static let seconds =
            ProcessInfo.processInfo.environment["MUSE_TWO_WRITERS_SECONDS"].flatMap { Int($0) } ?? 10

        @Test func `two processes write and checkpoint and the file stays whole`() async throws {
            let cafe = try await TemporaryDatabase.cafe()
            let path = cafe.database.location.path
            async let first = Self.writer(path, named: "first")
            async let second = Self.writer(path, named: "second")
            let reports = try await [first, second]
            for report in reports { print("\(Self.seconds) s beside another process: \(report)") }
            #expect(reports.allSatisfy { $0.writes > 100 && $0.checkpoints > 2 && $0.failures == 0 }, "\(reports)")
            if Self.seconds >= 60 { #expect(reports.allSatisfy { $0.longestMilliseconds < 250 }, "\(reports)") }

            let problems = try cafe.database.read { try $0.rows("PRAGMA integrity_check").map { try $0.text("integrity_check") } }
            #expect(problems == ["ok"])
            #expect(try cafe.database.read { try $0.rows("PRAGMA foreign_key_check").count } == 0)
            let kept = try cafe.database.first("SELECT count(*) AS n FROM order_events")?.int("n")
            #expect(kept == reports.reduce(0) { $0 + $1.writes })
        }

        private struct Report: Codable, Sendable, CustomStringConvertible {
            var writes: Int64 = 0
            var checkpoints = 0
            var failures = 0
            var longestMilliseconds = 0.0

            var description: String {
                "\(writes) writes, \(checkpoints) checkpoints, \(failures) refused, longest wait \(longestMilliseconds) ms"
            }

            mutating func add(_ other: Report) {
                writes += other.writes
                checkpoints += other.checkpoints
                failures += other.failures
                longestMilliseconds = max(longestMilliseconds, other.longestMilliseconds)
            }
        }

        /// A process of its own that writes through the library as a service does.
        private static func writer(_ path: String, named name: String) async throws -> Report {
            let result = try await #require(
                processExitsWith: .success, observing: [\.standardOutputContent]
            ) { [path = path as String, name = name as String, seconds = seconds as Int] in
                let report = try await TwoWriters(path: path, name: name, seconds: seconds).run()
                print("report:\(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))")
            }
            let lines = String(decoding: result.standardOutputContent, as: UTF8.self).split(separator: "\n")
            let line = try #require(lines.first { $0.hasPrefix("report:") })
            return try JSONDecoder().decode(Report.self, from: Data(line.dropFirst(7).utf8))
        }

        /// What each of the two processes does.
        private struct TwoWriters {
            let path: String
            let name: String
            let seconds: Int

            func run() async throws -> Report {
                let database = try Database(DatabaseLocation(path: path))
                defer { database.close() }
                if name == "first" { try await placeOrder(database) }
                try await eventually("the order is there") {
                    try database.first("SELECT id FROM orders") == nil ? nil : true
                }
                let end = ContinuousClock.now + .seconds(seconds)
                return try await withThrowingTaskGroup(of: Report.self) { group in
                    for lane in 0..<8 { group.addTask { await write(lane, database, until: end) } }
                    group.addTask { await watchLog(until: end) }
                    var sum = Report()
                    for try await report in group { sum.add(report) }
                    return sum
                }
            }

            private func placeOrder(_ database: MuseShared.Database) async throws {
                try await database.write { transaction in
                    try transaction.execute(
                        """
                        INSERT INTO orders (id, status, contact_name, contact_email, search_name, currency,
                          subtotal_minor, discount_minor, tax_minor, tip_minor, total_minor, derivation, menu_version,
                          token_hash, placed_at_ms, changed_at_ms)
                        VALUES ('o', 'paid', 'Ada', 'ada@example.com', 'ada', 'USD', 0, 0, 0, 0, 0, '{}', 1, '', 0, 0)
                        """)
                }
            }

            private func write(_ lane: Int, _ database: MuseShared.Database, until end: ContinuousClock.Instant) async -> Report {
                var report = Report()
                while ContinuousClock.now < end {
                    let start = ContinuousClock.now
                    let event = "\(name)-\(lane)-\(report.writes)"
                    do {
                        try await database.write { transaction in
                            try OrderEventRepository.record("noted", of: "o", by: .system, id: event, in: transaction)
                            try CacheVersionRepository.bump(.orders, in: transaction)
                        }
                        report.writes += 1
                    } catch {
                        FileHandle.standardError.write(Data("\(name): \(error)\n".utf8))
                        report.failures += 1
                    }
                    report.longestMilliseconds = max(report.longestMilliseconds, (ContinuousClock.now - start) / .milliseconds(1))
                }
                return report
            }

            /// A log that begins anew tells of a checkpoint: its header gets another salt.
            private func watchLog(until end: ContinuousClock.Instant) async -> Report {
                var report = Report()
                var salts: Set<Data> = []
                while ContinuousClock.now < end {
                    if let file = FileHandle(forReadingAtPath: path + "-wal"), let head = try? file.read(upToCount: 32) {
                        salts.insert(head.dropFirst(16).prefix(8))
                    }
                    try? await Task.sleep(for: .milliseconds(1))
                }
                report.checkpoints = salts.count - 1
                return report
            }
        }
    }
}
