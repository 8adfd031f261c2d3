/// Writes rows of about the size of an order into a database of its own, to measure the disk.
public struct MeasurementRepository: Sendable {
    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    public func prepare() async throws {
        try await database.write {
            try $0.execute("CREATE TABLE measurements (id TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT")
        }
    }

    /// One commit that is on the disk when this returns.
    public func write() async throws {
        let id = ids.next()
        try await database.write { try $0.execute("INSERT INTO measurements VALUES (\(id), \(Self.content))") }
    }

    private static let content = String(repeating: "m", count: 800)
}
