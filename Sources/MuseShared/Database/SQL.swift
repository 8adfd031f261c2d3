import Foundation

/// A statement with its bound values. Interpolation binds; there is no way to splice text into a statement.
///
/// `"SELECT name FROM menu_items WHERE id = \(id)"`
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// The statement, with `?` where a value stands.
    let text: String
    let values: [SQLValue]

    public init(stringLiteral value: String) {
        text = value
        values = []
    }

    public init(stringInterpolation: Interpolation) {
        text = stringInterpolation.text
        values = stringInterpolation.values
    }

    private init(text: String, values: [SQLValue]) {
        self.text = text
        self.values = values
    }

    /// One statement after the other, e.g. conditions that depend on what a reader asked for.
    public static func + (left: SQL, right: SQL) -> SQL {
        SQL(text: left.text + right.text, values: left.values + right.values)
    }

    public struct Interpolation: StringInterpolationProtocol {
        var text = ""
        var values: [SQLValue] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount)
            values.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        public mutating func appendInterpolation(_ value: some SQLBindable) {
            text += "?"
            values.append(value.sqlValue)
        }

        public mutating func appendInterpolation(_ value: (some SQLBindable)?) {
            text += "?"
            values.append(value?.sqlValue ?? .null)
        }

        /// A list for `IN`: `(?,?,?)`; an empty one is `(NULL)`, which nothing equals.
        public mutating func appendInterpolation(_ list: [some SQLBindable]) {
            text +=
                list.isEmpty ? "(NULL)" : "(" + Array(repeating: "?", count: list.count).joined(separator: ",") + ")"
            values += list.map(\.sqlValue)
        }
    }
}

/// What a column holds, the same for every engine.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob(Data)
}

/// A Swift value that a statement can carry.
public protocol SQLBindable {
    var sqlValue: SQLValue { get }
}

extension Int64: SQLBindable {
    public var sqlValue: SQLValue { .integer(self) }
}

extension Int: SQLBindable {
    public var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Bool: SQLBindable {
    public var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension Double: SQLBindable {
    public var sqlValue: SQLValue { .real(self) }
}

extension String: SQLBindable {
    public var sqlValue: SQLValue { .text(self) }
}

extension Data: SQLBindable {
    public var sqlValue: SQLValue { .blob(self) }
}

extension Timestamp: SQLBindable {
    public var sqlValue: SQLValue { .integer(milliseconds) }
}
