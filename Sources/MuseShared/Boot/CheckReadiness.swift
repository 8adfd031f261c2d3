/// What both services ask themselves before they say that they are ready: a schema that fits, and a venue to show.
public struct CheckReadiness: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// - Throws: ``MigrationError``, ``VenueMissing``, ``DatabaseFailure``.
    @Sendable public func callAsFunction() async throws {
        try SchemaRepository(database: database).check()
        _ = try VenueRepository(database: database).venue()
    }
}
