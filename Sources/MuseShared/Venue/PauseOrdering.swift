/// Stops ordering for a while, or lets it go on. Orders that are placed already are not touched.
///
/// A pause ends by itself at its time. Moves the cache version `venue`, which placing an order compares in its write, so
/// that no order slips in after the pause is committed.
public struct PauseOrdering: Sendable {
    public enum Wish: Sendable, Equatable {
        case minutes(Int64)
        case untilResumed
        case resume
    }

    public struct Request: Sendable {
        public let wish: Wish
        public let staffID: String

        public init(wish: Wish, staffID: String) {
            self.wish = wish
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        /// A pause of nothing, or of more than a day.
        case impossibleLength
        case failed(any Error)
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    public func callAsFunction(_ request: Request) async throws(Refusal) -> OrderingRules.Pause? {
        if case .minutes(let minutes) = request.wish, !(1...1440).contains(minutes) { throw .impossibleLength }
        do {
            return try await database.write { transaction in
                let before = try VenueRepository.venue(in: transaction).ordering.pause(at: transaction.now)
                let pause = Self.pause(request.wish, now: transaction.now)
                var difference = Difference()
                difference.note("paused", from: .flag(before != nil), to: .flag(pause != nil))
                difference.note("until", from: DifferenceValue(before?.until), to: DifferenceValue(pause?.until))
                try OrderingRulesRepository.setPause(pause, in: transaction)
                try VenueLog.record(
                    pause == nil ? "venue.ordering_resumed" : "venue.ordering_paused", difference,
                    by: request.staffID, id: ids.next(), in: transaction)
                return pause
            }
        } catch {
            throw .failed(error)
        }
    }

    private static func pause(_ wish: Wish, now: Timestamp) -> OrderingRules.Pause? {
        switch wish {
        case .resume: nil
        case .untilResumed: OrderingRules.Pause(since: now, until: nil)
        case .minutes(let minutes): OrderingRules.Pause(since: now, until: now.adding(seconds: minutes * 60))
        }
    }
}

extension PauseOrdering.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .impossibleLength: .invalid("minutes", "A pause lasts between 1 minute and a day.")
        case .failed(let error): Problem.failure(of: error)
        }
    }
}
