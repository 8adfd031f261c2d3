import ArgumentParser

/// The staff site and everything that is done to the database from a terminal.
@main
struct MuseAdmin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "MuseAdmin", abstract: "Runs Muse & Co.",
        subcommands: [
            ServeCommand.self, MigrateCommand.self, SchemaCommand.self, SeedCommand.self, VenueCommand.self,
            StaffCommand.self, MeasureCommand.self,
        ])
}
