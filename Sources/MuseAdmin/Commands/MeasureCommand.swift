import ArgumentParser
import Foundation
import MuseShared

/// `MuseAdmin measure`: what this machine and this disk give the database, before a venue trusts its evening to it.
struct MeasureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Measure the version check and the write path on a temporary database in a folder of this disk.")

    @Option(help: "The folder whose disk is measured.")
    var folder = ".muse"

    @Option(help: "Writers at once.")
    var writers = 64

    @Option(help: "Writes of each round; the rounds alternate between group commit and single commits.")
    var writes = 2000

    @Option(help: "Rounds of each kind; the medians are printed.")
    var rounds = 5

    func run() async throws {
        do {
            try await measure()
        } catch {
            StartUp.refuse(error)
        }
    }

    private func measure() async throws {
        let place = URL(filePath: folder).appending(path: "measure-\(IDSource.live.next())")
        defer { try? FileManager.default.removeItem(at: place) }
        let check = try await MeasureVersionCheck(folder: place)()
        print("version check: p50 \(micro(check.p50)) µs, p99 \(micro(check.p99)) µs of \(check.count)")

        var grouped: [Double] = []
        var single: [Double] = []
        for round in 0..<max(1, rounds) {
            let path = { (kind: String) in place.appending(path: "\(kind)\(round).db").path }
            grouped.append(try await writesPerSecond(path("grouped"), groupCommit: true))
            single.append(try await writesPerSecond(path("single"), groupCommit: false))
        }
        let (fast, slow) = (median(grouped), median(single))
        print("group commit at FULL, \(writers) writers: \(Int(fast)) writes/s")
        print("single commits at FULL, \(writers) writers: \(Int(slow)) writes/s")
        print("ratio: \((fast / slow * 10).rounded() / 10)")
    }

    private func writesPerSecond(_ path: String, groupCommit: Bool) async throws -> Double {
        let database = try Database(DatabaseLocation(path: path), groupCommit: groupCommit)
        defer { database.close() }
        let repository = MeasurementRepository(database: database)
        try await repository.prepare()
        let each = max(1, writes / max(1, writers))
        let duration = try await ContinuousClock().measure {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<max(1, writers) {
                    group.addTask { for _ in 0..<each { try await repository.write() } }
                }
                try await group.waitForAll()
            }
        }
        return Double(each * max(1, writers)) / (duration / .seconds(1))
    }

    private func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    private func micro(_ duration: Duration) -> String {
        String(format: "%.1f", duration / .microseconds(1))
    }
}

/// Times the question that every load of the menu asks: which version is committed now?
struct MeasureVersionCheck {
    struct Result {
        let p50: Duration
        let p99: Duration
        let count: Int
    }

    let folder: URL

    func callAsFunction() async throws -> Result {
        let database = try Database(DatabaseLocation(path: folder.appending(path: "check.db").path))
        defer { database.close() }
        _ = try await SchemaRepository(database: database).migrate()
        let versions = CacheVersionRepository(database: database)
        let clock = ContinuousClock()
        var times: [Duration] = []
        for _ in 0..<20_000 {
            times.append(try clock.measure { _ = try versions.current(.menu) })
        }
        times.sort()
        return Result(p50: times[times.count / 2], p99: times[times.count * 99 / 100], count: times.count)
    }
}
