import Foundation

/// A message's values as JSON holds them, for the templates and for the comparison of what was asked for.
public enum EmailValue: Sendable, Equatable, Codable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([EmailValue])
    case object([String: EmailValue])

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([EmailValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: EmailValue].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }

    /// Reads a text column or a body.
    public init(json: String) throws {
        self = try JSONDecoder().decode(EmailValue.self, from: Data(json.utf8))
    }

    public var text: String? {
        if case .text(let value) = self { value } else { nil }
    }

    public subscript(_ member: String) -> EmailValue? {
        if case .object(let members) = self { members[member] } else { nil }
    }

    /// The same object with one more member.
    func adding(_ name: String, _ value: EmailValue) -> EmailValue {
        guard case .object(var members) = self else { return self }
        members[name] = value
        return .object(members)
    }

    /// Empty texts as null: a template's section over one stays out.
    var withoutEmptyTexts: EmailValue {
        switch self {
        case .text(""): .null
        case .list(let values): .list(values.map(\.withoutEmptyTexts))
        case .object(let members): .object(members.mapValues(\.withoutEmptyTexts))
        default: self
        }
    }

    /// Paths that this value has and `known` has not, such as `data.receipt.colour`: fields that nobody reads.
    func paths(unknownTo known: EmailValue, at path: String) -> [String] {
        switch (self, known) {
        case (.object(let members), .object(let others)):
            members.sorted { $0.key < $1.key }.flatMap { name, value -> [String] in
                guard let other = others[name] else { return value == .null ? [] : ["\(path).\(name)"] }
                return value.paths(unknownTo: other, at: "\(path).\(name)")
            }
        case (.list(let values), .list(let others)):
            zip(values, others).enumerated().flatMap { index, pair in
                pair.0.paths(unknownTo: pair.1, at: "\(path)[\(index)]")
            }
        default: []
        }
    }
}
