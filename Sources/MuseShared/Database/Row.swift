import Foundation

/// One row of an answer. Reading the wrong column or type throws; it never traps.
public struct Row: Sendable {
    let columns: Columns
    let values: [SQLValue]

    /// The names of an answer's columns, shared by its rows.
    final class Columns: Sendable {
        let names: [String]

        init(names: [String]) {
            self.names = names
        }
    }

    private func value(_ column: String) throws(RowError) -> SQLValue {
        guard let index = columns.names.firstIndex(of: column), values.indices.contains(index) else {
            throw RowError(column: column, wanted: "a column of this name")
        }
        return values[index]
    }

    public func optionalInt(_ column: String) throws -> Int64? {
        switch try value(column) {
        case .integer(let value): value
        case .null: nil
        default: throw RowError(column: column, wanted: "an integer")
        }
    }

    public func optionalText(_ column: String) throws -> String? {
        switch try value(column) {
        case .text(let value): value
        case .null: nil
        default: throw RowError(column: column, wanted: "text")
        }
    }

    public func optionalTime(_ column: String) throws -> Timestamp? {
        try optionalInt(column).map(Timestamp.init(milliseconds:))
    }

    public func int(_ column: String) throws -> Int64 {
        guard let value = try optionalInt(column) else { throw RowError(column: column, wanted: "an integer") }
        return value
    }

    public func text(_ column: String) throws -> String {
        guard let value = try optionalText(column) else { throw RowError(column: column, wanted: "text") }
        return value
    }

    public func time(_ column: String) throws -> Timestamp {
        Timestamp(milliseconds: try int(column))
    }

    public func bool(_ column: String) throws -> Bool {
        try int(column) != 0
    }

    /// A JSON column, decoded.
    public func json<T: Decodable>(_ column: String, as type: T.Type = T.self) throws -> T {
        try JSONDecoder().decode(T.self, from: Data(try text(column).utf8))
    }
}

/// A row did not hold what the code expected: a mistake of ours, not of a guest.
struct RowError: Error, CustomStringConvertible {
    let column: String
    let wanted: String

    var description: String { "Column \(column): wanted \(wanted)." }
}
