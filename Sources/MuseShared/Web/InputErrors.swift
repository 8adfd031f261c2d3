/// Says in words what a decoder refused.
enum InputErrors {
    static func problem(for error: DecodingError) -> Problem {
        switch error {
        case .keyNotFound(let key, let context):
            return .invalid(path(context.codingPath + [key]), "This is missing.")
        case .valueNotFound(_, let context):
            return .invalid(path(context.codingPath), "This is missing.")
        case .typeMismatch(let type, let context):
            return .invalid(path(context.codingPath), "This must be \(name(of: type)).")
        case .dataCorrupted(let context):
            if context.codingPath.isEmpty { return .malformed("The JSON can't be read.") }
            return .invalid(path(context.codingPath), sentence(context.debugDescription))
        @unknown default:
            return .malformed("The body can't be read.")
        }
    }

    /// `lines[2].quantity`.
    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce("") { path, key in
            if let index = key.intValue { return "\(path)[\(index)]" }
            return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
        }
    }

    private static func name(of type: Any.Type) -> String {
        switch type {
        case is any BinaryInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is any ExpressibleByDictionaryLiteral.Type: "an object"
        case is any ExpressibleByArrayLiteral.Type: "a list"
        default: "of another kind"
        }
    }

    /// A decoder's own words are kept when one of our types wrote them for people.
    private static func sentence(_ text: String) -> String {
        if text.contains("not representable") || text.contains("does not fit") { return "This number is out of range." }
        let isForPeople = text.hasSuffix(".") && !text.contains("Cannot initialize") && text.count < 120
        return isForPeople ? text : "This is not one of the possible values."
    }
}
