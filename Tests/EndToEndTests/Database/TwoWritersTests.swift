import Foundation
import MuseTestSupport
import Testing

@testable import MuseShared

extension EndToEnd {
    @Suite struct TwoWritersTests {
        private static let variables = ProcessInfo.processInfo.environment
        /// The long run of the bar is `MUSE_TWO_WRITERS_SECONDS=60`.
        private static let seconds = variables["MUSE_TWO_WRITERS_SECONDS"].flatMap { Int($0) } ?? 10
        /// Set in the processes that this suite starts: `path|name`.
        private static let order = variables["MUSE_WRITER"]?.split(separator: "|").map(String.init)

        @Test(.enabled(if: order == nil))
        func `two processes write and checkpoint and the file stays whole`() async throws {
            let cafe = try await TemporaryDatabase.cafe()
            let children = try ["first", "second"].map { try Self.start($0, on: cafe) }
            var reports: [Report] = []
            for child in children {
                #expect(try await child.exitCode(within: .seconds(Self.seconds + 60)) == 0, "\(child.complained)")
                reports.append(try Self.report(of: child))
            }
            for report in reports { print("\(Self.seconds) s beside another process: \(report)") }
            #expect(reports.allSatisfy { $0.writes > 100 && $0.checkpoints > 2 && $0.failures == 0 }, "\(reports)")
            if Self.seconds >= 60 { #expect(reports.allSatisfy { $0.longestMilliseconds < 250 }, "\(reports)") }
            let problems = try cafe.database.read { transaction in
                try transaction.rows("PRAGMA integrity_check").map { try $0.text("integrity_check") }
            }
            #expect(problems == ["ok"])
            #expect(try cafe.database.read { try $0.rows("PRAGMA foreign_key_check").count } == 0)
            let kept = try cafe.database.first("SELECT count(*) AS n FROM order_events")?.int("n")
            #expect(kept == reports.reduce(0) { $0 + $1.writes })
            #expect(try Self.sharedMilliseconds(cafe.database) > Int64(Self.seconds) * 800)
        }

        /// What one of the two processes does: this very program, started again for this alone.
        @Test(.enabled(if: order != nil)) func `a process that writes as a service does`() async throws {
            let order = try #require(Self.order)
            let report = try await TwoWriters(path: order[0], name: order[1], seconds: Self.seconds).run()
            print("report:\(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))")
        }

        private static func start(_ name: String, on cafe: TemporaryDatabase) throws -> ChildProgram {
            let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return try ChildProgram(
                program, ["--testing-library", "swift-testing", "--filter", "TwoWritersTests"],
                settings: [
                    "MUSE_WRITER": "\(cafe.database.location.path)|\(name)", "MUSE_TWO_WRITERS_SECONDS": "\(seconds)",
                ],
                folder: cafe.folder)
        }

        private static func report(of child: ChildProgram) throws -> Report {
            let line = try #require(
                child.printed.split(separator: "\n").first { $0.hasPrefix("report:") }, "\(child.printed)")
            return try JSONDecoder().decode(Report.self, from: Data(line.dropFirst(7).utf8))
        }

        /// How long both were writing: one after the other they would prove nothing.
        private static func sharedMilliseconds(_ database: MuseShared.Database) throws -> Int64 {
            try database.first(
                """
                SELECT min(last) - max(first) AS n FROM (
                  SELECT min(at_ms) AS first, max(at_ms) AS last FROM order_events GROUP BY substr(id, 1, 5))
                """
            )?.int("n") ?? 0
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

            private func write(_ lane: Int, _ database: MuseShared.Database, until end: ContinuousClock.Instant) async
                -> Report
            {
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
                    report.longestMilliseconds = max(
                        report.longestMilliseconds, (ContinuousClock.now - start) / .milliseconds(1))
                }
                return report
            }

            /// A log that begins anew tells of a checkpoint: its header gets another salt.
            private func watchLog(until end: ContinuousClock.Instant) async -> Report {
                var report = Report()
                var salts: Set<Data> = []
                while ContinuousClock.now < end {
                    if let file = FileHandle(forReadingAtPath: path + "-wal"), let head = try? file.read(upToCount: 32)
                    {
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
