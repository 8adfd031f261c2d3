/// Makes a table, gives it a new link, or takes it away. Who holds an old link is told so kindly.
public struct ChangeTables: Sendable {
    public enum Change: Sendable {
        case add(name: String, area: String)
        /// The printed card stops working.
        case rotate(id: String)
        case remove(id: String)
    }

    public struct Request: Sendable {
        public let change: Change
        public let staffID: String

        public init(change: Change, staffID: String) {
            self.change = change
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case unknownTable
        case nameTaken
        case nameMissing
        case badText(Problem)
        case failed(any Error)
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    /// The table as it is now; as it was, if it was taken away.
    public func callAsFunction(_ request: Request) async throws(Refusal) -> DiningTable {
        do {
            switch request.change {
            case .add(let name, let area): return try await add(name, area, by: request.staffID)
            case .rotate(let id): return try await rotate(id, by: request.staffID)
            case .remove(let id): return try await remove(id, by: request.staffID)
            }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private func add(_ name: String, _ area: String, by staffID: String) async throws -> DiningTable {
        let (name, area) = try Self.clean(name, area)
        guard !name.isEmpty else { throw Refusal.nameMissing }
        let table = DiningTable(id: ids.next(), name: name, area: area, code: DiningTable.newCode())
        return try await database.write { transaction in
            guard try !DiningTableRepository.isNameTaken(name, in: transaction) else { throw Refusal.nameTaken }
            try DiningTableRepository.insert(table, in: transaction)
            var difference = Difference()
            difference.note("name", from: .none, to: .text(name))
            difference.note("area", from: .none, to: .text(area))
            try VenueLog.record(
                "table.added", of: table.id, difference, by: staffID, id: ids.next(), in: transaction)
            return table
        }
    }

    private func rotate(_ id: String, by staffID: String) async throws -> DiningTable {
        let code = DiningTable.newCode()
        return try await database.write { transaction in
            guard let table = try DiningTableRepository.table(id, in: transaction) else { throw Refusal.unknownTable }
            try DiningTableRepository.rotate(id, to: code, in: transaction)
            // The log is read by many: it tells that the link is another one, and never which.
            var difference = Difference()
            difference.note("link", from: .text("old"), to: .text("new"))
            try VenueLog.record(
                "table.link_rotated", of: id, difference, by: staffID, id: ids.next(), in: transaction)
            return DiningTable(id: id, name: table.name, area: table.area, code: code)
        }
    }

    private func remove(_ id: String, by staffID: String) async throws -> DiningTable {
        try await database.write { transaction in
            guard let table = try DiningTableRepository.table(id, in: transaction) else { throw Refusal.unknownTable }
            try DiningTableRepository.archive(id, in: transaction)
            var difference = Difference()
            difference.note("name", from: .text(table.name), to: .none)
            try VenueLog.record(
                "table.removed", of: id, difference, by: staffID, id: ids.next(), in: transaction)
            return table
        }
    }

    private static func clean(_ name: String, _ area: String) throws(Refusal) -> (name: String, area: String) {
        do {
            return (
                try PlainText.clean(name, field: "name", maximum: 20, lines: .one),
                try PlainText.clean(area, field: "area", maximum: 40, lines: .one)
            )
        } catch {
            throw .badText(error)
        }
    }
}

extension ChangeTables.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .unknownTable: .notFound
        case .nameTaken: .invalid("name", "Another table has this name.")
        case .nameMissing: .invalid("name", "Give the table a name, such as its number.")
        case .badText(let problem): problem
        case .failed(let error): Problem.failure(of: error)
        }
    }
}
