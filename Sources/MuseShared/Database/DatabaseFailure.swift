import GRDB

/// What a database can refuse, in the few words that the rest of the program tells apart.
public enum DatabaseFailure: Error, Sendable, Equatable {
    /// A named rule of the schema was broken, e.g. `orders_total_adds_up` or `staff.email`.
    case constraint(String)
    /// The disk is full or nearly so: nothing was written.
    case full
    /// Another program holds the file longer than we wait.
    case busy
    /// The program is stopping and takes no more work.
    case closed
    /// Anything else, with SQLite's own words for the log.
    case other(String)

    /// The translator: the one place that knows SQLite's result codes.
    init(_ error: any Error) {
        switch error {
        case let failure as DatabaseFailure:
            self = failure
        case let error as DatabaseError:
            switch error.resultCode {
            case .SQLITE_CONSTRAINT: self = .constraint(Self.ruleName(in: error.message ?? ""))
            case .SQLITE_FULL: self = .full
            case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
            default: self = .other(error.description)
            }
        default:
            self = .other("\(error)")
        }
    }

    /// `CHECK constraint failed: NAME`, `UNIQUE constraint failed: table.column, …`.
    private static func ruleName(in message: String) -> String {
        guard let colon = message.firstIndex(of: ":") else { return message }
        return message[message.index(after: colon)...].trimmingPrefix(while: \.isWhitespace).description
    }
}
