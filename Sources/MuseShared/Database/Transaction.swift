import GRDB

/// One unit of work on the database. Lives only inside the closure of ``Database/read(_:)`` or ``Database/write(_:)``.
///
/// It carries its own `now`: whatever one transaction records has one timestamp.
public final class Transaction {
    public let now: Timestamp
    private let connection: GRDB.Database

    init(connection: GRDB.Database, now: Timestamp) {
        self.connection = connection
        self.now = now
    }

    /// All rows of the answer.
    public func rows(_ sql: SQL) throws -> [Row] {
        let statement = try connection.cachedStatement(sql: sql.text)
        let cursor = try GRDB.Row.fetchCursor(statement, arguments: Self.arguments(sql))
        let columns = Row.Columns(names: statement.columnNames)
        var rows: [Row] = []
        while let row = try cursor.next() {
            rows.append(Row(columns: columns, values: Self.values(of: row)))
        }
        return rows
    }

    /// The first row, or nil.
    public func first(_ sql: SQL) throws -> Row? {
        let statement = try connection.cachedStatement(sql: sql.text)
        let cursor = try GRDB.Row.fetchCursor(statement, arguments: Self.arguments(sql))
        guard let row = try cursor.next() else { return nil }
        let found = Row(columns: Row.Columns(names: statement.columnNames), values: Self.values(of: row))
        // Run to the end, so that a statement with RETURNING has done all of its work.
        while try cursor.next() != nil {}
        return found
    }

    /// Runs a statement and tells how many rows it changed.
    @discardableResult
    public func execute(_ sql: SQL) throws -> Int {
        try connection.cachedStatement(sql: sql.text).execute(arguments: Self.arguments(sql))
        return connection.changesCount
    }

    /// Several statements of a migration; nothing a request brings comes here.
    func executeScript(_ script: String) throws {
        try connection.execute(sql: script)
    }

    private static func arguments(_ sql: SQL) -> StatementArguments {
        StatementArguments(sql.values.map(\.databaseValue))
    }

    private static func values(of row: GRDB.Row) -> [SQLValue] {
        row.databaseValues.map { value in
            switch value.storage {
            case .null: .null
            case .int64(let integer): .integer(integer)
            case .double(let real): .real(real)
            case .string(let text): .text(text)
            case .blob(let data): .blob(data)
            }
        }
    }
}

extension SQLValue {
    var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let value): value.databaseValue
        case .real(let value): value.databaseValue
        case .text(let value): value.databaseValue
        case .blob(let value): value.databaseValue
        }
    }
}
