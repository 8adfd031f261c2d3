/// Appends to the log of what staff did. Its rows are never changed; the schema sees to it.
enum ActionLogRepository {
    struct Entry: Sendable {
        let id: String
        let staffID: String?
        /// Past tense: `menu.item_changed`.
        let action: String
        let subjectID: String
        let difference: Difference
    }

    static func record(_ entry: Entry, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO action_log (id, at_ms, staff_id, action, subject_id, difference)
            VALUES (\(entry.id), \(transaction.now), \(entry.staffID), \(entry.action), \(entry.subjectID),
                    \(try JSONText.encode(entry.difference)))
            """)
    }
}

/// What changed: `{"priceMinor": {"from": 450, "to": 480}}`.
struct Difference: Sendable, Encodable, Equatable {
    private var fields: [String: Change] = [:]

    struct Change: Sendable, Encodable, Equatable {
        let from: DifferenceValue
        let to: DifferenceValue
    }

    var isEmpty: Bool { fields.isEmpty }
    var names: [String] { fields.keys.sorted() }

    /// Notes a field, unless it stayed as it was.
    mutating func note(_ field: String, from: DifferenceValue, to: DifferenceValue) {
        if from != to { fields[field] = Change(from: from, to: to) }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(fields)
    }
}

/// One side of a change, as JSON.
public enum DifferenceValue: Sendable, Codable, Hashable {
    case text(String)
    case number(Int64)
    case flag(Bool)
    case texts([String])
    case none

    init(_ number: Int64?) {
        self = number.map(DifferenceValue.number) ?? .none
    }

    init(_ time: Timestamp?) {
        self = time.map { .text($0.rfc3339) } ?? .none
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .none
        } else if let value = try? container.decode(Bool.self) {
            self = .flag(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else {
            self = .texts(try container.decode([String].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .flag(let value): try container.encode(value)
        case .texts(let value): try container.encode(value)
        case .none: try container.encodeNil()
        }
    }
}
