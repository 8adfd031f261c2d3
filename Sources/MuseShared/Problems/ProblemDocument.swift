import HTTPTypes

/// The JSON of a problem: the members of RFC 9457, then `requestId`, `errors` and what the problem adds.
struct ProblemDocument: Encodable {
    let problem: Problem
    let requestID: String

    private struct Member: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        for (name, value) in problem.extra {
            try members.encode(value, forKey: Member(name))
        }
        try members.encode("https://ncmuse.co/problems/\(problem.slug)", forKey: Member("type"))
        try members.encode(problem.title, forKey: Member("title"))
        try members.encode(problem.status.code, forKey: Member("status"))
        try members.encode(problem.detail ?? problem.title, forKey: Member("detail"))
        try members.encode(requestID, forKey: Member("requestId"))
        if !problem.errors.isEmpty { try members.encode(problem.errors, forKey: Member("errors")) }
    }
}
