import Foundation
import Logging

/// The first steps of a serving program, the same for both.
public enum StartUp {
    /// Sets up logs and metrics for the process and returns the program's logger.
    public static func logger(_ configuration: MuseConfiguration) -> Logger {
        ProcessOutput.begin(configuration.environment)
        return Logger(label: configuration.program.rawValue)
    }

    /// Opens the configured database and refuses one that doesn't fit this program.
    ///
    /// - Throws: ``MigrationError``, ``DatabaseFailure``.
    public static func database(
        _ configuration: MuseConfiguration, checked: Bool = true, clock: WallClock = .live
    ) throws -> Database {
        guard let location = DatabaseLocation(url: configuration.databaseURL) else {
            throw DatabaseFailure.other("DATABASE_URL must begin with sqlite:")
        }
        let database = try Database(
            location, clock: clock, durability: configuration.durability, groupCommit: configuration.usesGroupCommit)
        if checked { try SchemaRepository(database: database).check() }
        return database
    }

    /// Ends the program with one clear line and exit code 1.
    public static func refuse(_ error: any Error) -> Never {
        FileHandle.standardError.write(Data("\(error)\n".utf8))
        exit(1)
    }
}
