/// What is wrong with one line of a cart, in words for the guest and with the field for the form.
public struct CartProblem: Sendable, Equatable, Error {
    public enum Kind: Sendable, Equatable {
        /// The request itself is wrong: no menu would allow it.
        case invalid
        /// It was right a moment ago: sold out, or gone from the menu.
        case conflict
    }

    public let kind: Kind
    /// Path of the field in the request, e.g. `lines[2].options`.
    public let field: String
    public let message: String

    public static func invalid(_ field: String, _ message: String) -> CartProblem {
        CartProblem(kind: .invalid, field: field, message: message)
    }

    public static func conflict(_ field: String, _ message: String) -> CartProblem {
        CartProblem(kind: .conflict, field: field, message: message)
    }
}

/// All problems of a cart at once, so that a guest mends them in one go.
public struct CartProblems: Sendable, Equatable, Error {
    public let problems: [CartProblem]
}
