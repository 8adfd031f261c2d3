import Crypto
import Foundation

/// One numbered file of `migrations/`, as shipped with this program.
struct Migration: Sendable {
    let number: Int64
    /// The file's name, e.g. `0001_venue_menu_and_orders.sql`.
    let name: String
    let script: String

    /// SHA-256 of the file: a shipped migration never changes.
    var contentHash: String { SHA256.hash(data: Data(script.utf8)).hexadecimal }

    /// The oldest program, named by the last migration it knows, that still works after this one.
    /// Written in the file's first line as `-- compatible-from: N`.
    var compatibleFrom: Int64 {
        let marker = "-- compatible-from:"
        let line = script.split(separator: "\n").first { $0.hasPrefix(marker) }
        return line.flatMap { Int64($0.dropFirst(marker.count).trimmingCharacters(in: .whitespaces)) } ?? number
    }

    /// All migrations of a folder, in order.
    ///
    /// - Throws: ``MigrationError/misnumbered(_:)`` if numbers repeat or leave a gap.
    static func load(from folder: URL) throws -> [Migration] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".sql") && $0 != "schema.sql" }
            .sorted()
        let migrations = try names.map { name in
            guard let number = Int64(name.prefix(4)) else { throw MigrationError.misnumbered(name) }
            let script = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            return Migration(number: number, name: name, script: script)
        }
        for (index, migration) in migrations.enumerated() where migration.number != Int64(index + 1) {
            throw MigrationError.misnumbered(migration.name)
        }
        return migrations
    }

    static func shipped() throws -> [Migration] {
        guard let folder = Bundle.module.url(forResource: "migrations", withExtension: nil) else {
            throw MigrationError.missing
        }
        return try load(from: folder)
    }
}

/// Why the schema was not brought forward, each a sentence for the person at the terminal.
public enum MigrationError: Error, CustomStringConvertible, Equatable {
    case missing
    case misnumbered(String)
    case changed(String)
    case failed(String, reason: String)
    case tooOld(found: Int64, wanted: Int64)
    case tooNew(found: Int64, known: Int64)

    public var description: String {
        switch self {
        case .missing:
            "The folder migrations/ is missing beside the program."
        case .misnumbered(let name):
            "\(name): migrations are numbered 0001, 0002, … without gaps."
        case .changed(let name):
            "\(name) differs from what was applied to this database. A shipped migration is never edited: "
                + "restore the file and write a new one. Nothing was changed."
        case .failed(let name, let reason):
            "\(name) failed and was undone: \(reason)"
        case .tooOld(let found, let wanted):
            "The database has schema \(found), this program needs \(wanted): run MuseAdmin migrate."
        case .tooNew(let found, let known):
            "The database has schema \(found), which no longer serves a program that knows \(known): "
                + "deploy a newer program."
        }
    }
}
