/// Adds minutes to every promise that is made from now on, for an hour, or takes them back.
///
/// Each tap of “+10” adds to what is added already and starts the hour anew; “−10” takes as many back and leaves the
/// hour. Promises that were made stay.
public struct DelayOrders: Sendable {
    public struct Request: Sendable {
        /// Less than 0 takes as many back; 0 takes back all that was added.
        public let addedMinutes: Int64
        public let staffID: String

        public init(addedMinutes: Int64, staffID: String) {
            self.addedMinutes = addedMinutes
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case impossibleMinutes
        /// More than an hour on top is a pause.
        case tooMuch
        case failed(any Error)
    }

    /// How long added minutes hold.
    public static let lastsSeconds: Int64 = 3600
    private static let most: Int64 = 60

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    public func callAsFunction(_ request: Request) async throws(Refusal) -> OrderingRules.Delay? {
        guard (-Self.most...Self.most).contains(request.addedMinutes) else { throw .impossibleMinutes }
        do {
            return try await database.write { try change(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private func change(_ request: Request, in transaction: Transaction) throws -> OrderingRules.Delay? {
        let before = try VenueRepository.venue(in: transaction).ordering.delay(at: transaction.now)
        let minutes = request.addedMinutes == 0 ? 0 : max(0, (before?.minutes ?? 0) + request.addedMinutes)
        guard minutes <= Self.most else { throw Refusal.tooMuch }
        let end = transaction.now.adding(seconds: Self.lastsSeconds)
        let until = request.addedMinutes < 0 ? before?.until ?? end : end
        let delay = minutes == 0 ? nil : OrderingRules.Delay(minutes: minutes, until: until)
        var difference = Difference()
        difference.note("addedMinutes", from: .number(before?.minutes ?? 0), to: .number(minutes))
        difference.note("until", from: DifferenceValue(before?.until), to: DifferenceValue(delay?.until))
        try OrderingRulesRepository.setDelay(delay, in: transaction)
        try VenueLog.record(
            "venue.promise_moved", difference, by: request.staffID, id: ids.next(), in: transaction)
        return delay
    }
}

extension DelayOrders.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .impossibleMinutes:
            .invalid("minutes", "Add or take back between 1 and 60 minutes, or 0 to take all of them back.")
        case .tooMuch:
            Problem.conflict(
                "delay-too-long", title: "An hour is added already.", detail: "Pause ordering if that is not enough.")
        case .failed(let error): Problem.failure(of: error)
        }
    }
}
