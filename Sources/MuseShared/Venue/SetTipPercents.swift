/// Decides which tips the checkout offers as buttons, beside none and a free amount.
///
/// One write: the setting, the cache version `venue`, and the difference in the action log. A guest whose page still
/// shows another one gives what they chose.
public struct SetTipPercents: Sendable {
    public struct Request: Sendable {
        public let percents: [Int64]
        public let staffID: String

        public init(percents: [Int64], staffID: String) {
            self.percents = percents
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case tooMany, notAPercentage
        case failed(any Error)
    }

    /// More don't fit beside “none” and “other” on a phone.
    public static let most = 4
    public static let range: ClosedRange<Int64> = 1...100

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    public func callAsFunction(_ request: Request) async throws(Refusal) {
        let wanted = Set(request.percents).sorted()
        guard wanted.count <= Self.most else { throw .tooMany }
        guard wanted.allSatisfy(Self.range.contains) else { throw .notAPercentage }
        do {
            try await database.write { transaction in
                let before = try VenueRepository.venue(in: transaction).tipPercents
                var difference = Difference()
                difference.note(
                    "tipPercents", from: .texts(before.map(String.init)), to: .texts(wanted.map(String.init)))
                guard !difference.isEmpty else { return }
                try VenueRepository.setTipPercents(wanted, in: transaction)
                try VenueLog.record(
                    "venue.tips_changed", difference, by: request.staffID, id: ids.next(), in: transaction)
            }
        } catch {
            throw .failed(error)
        }
    }

    /// Reads what a person types: `15, 18, 20`. Nil if a part is no whole number.
    public static func percents(text: String) -> [Int64]? {
        let parts = text.split { $0 == "," || $0 == " " || $0 == "%" || $0 == ";" }
        let numbers = parts.compactMap { Int64($0) }
        return numbers.count == parts.count ? numbers : nil
    }
}

extension SetTipPercents.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .tooMany: .invalid("percents", "At most \(SetTipPercents.most) fit on a phone.")
        case .notAPercentage: .invalid("percents", "Write whole percentages between 1 and 100, like 15, 18, 20.")
        case .failed(let error): Problem.failure(of: error)
        }
    }
}
