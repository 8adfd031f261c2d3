/// Everything that is wrong with a program's configuration, found in one go.
///
/// Names variables, never their values: the text goes to the terminal and to logs.
public struct ConfigurationError: Error, Sendable, CustomStringConvertible {
    public struct Complaint: Sendable, Equatable {
        public let variable: String
        public let sentence: String
    }

    public let complaints: [Complaint]

    public var description: String {
        "wrong configuration: " + complaints.map { "\($0.variable) \($0.sentence)" }.joined(separator: "; ")
    }
}
