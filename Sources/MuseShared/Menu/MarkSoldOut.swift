/// Takes an item or an option off the menu in one tap (86), or puts it back. Live at once, in the action log, and moves
/// `menu`. Whatever draft of the menu is being written is not touched.
public struct MarkSoldOut: Sendable {
    public enum Wish: Sendable, Equatable {
        case backOnMenu
        case soldOut(SoldOutReturn)
    }

    public struct Request: Sendable {
        public let subject: SoldOutRepository.Subject
        public let wish: Wish
        public let staffID: String

        public init(_ subject: SoldOutRepository.Subject, _ wish: Wish, staffID: String) {
            self.subject = subject
            self.wish = wish
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case unknownSubject
        /// A return in the past is a slip of the finger.
        case returnIsPast
        /// It is counted and the count is zero: only a new count puts it back.
        case nothingLeft
        case failed(any Error)
    }

    public struct Marked: Sendable {
        public let name: String
        public let availability: ItemAvailability
        /// The menu's version that shows it to guests.
        public let version: Int64
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    /// Marking what is marked already changes nothing and is no error.
    public func callAsFunction(_ request: Request) async throws(Refusal) -> Marked {
        do {
            return try await database.write { try mark(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private func mark(_ request: Request, in transaction: Transaction) throws -> Marked {
        let wanted = try availability(request.wish, in: transaction)
        if let until = wanted.returnsAt, until <= transaction.now { throw Refusal.returnIsPast }
        guard let before = try SoldOutRepository.mark(of: request.subject, in: transaction) else {
            throw Refusal.unknownSubject
        }
        if wanted.isOnMenu, before.stockCount == 0 { throw Refusal.nothingLeft }
        if wanted != before.availability {
            try SoldOutRepository.set(wanted, of: request.subject, in: transaction)
            try record(request, from: before.availability, to: wanted, in: transaction)
        }
        return Marked(
            name: before.name, availability: wanted, version: try CacheVersionRepository.current(.menu, in: transaction)
        )
    }

    private func availability(_ wish: Wish, in transaction: Transaction) throws -> ItemAvailability {
        guard case .soldOut(let wish) = wish else { return .onMenu }
        let schedule = try VenueRepository.venue(in: transaction).schedule
        return .soldOut(until: wish.moment(now: transaction.now, schedule: schedule))
    }

    private func record(
        _ request: Request, from before: ItemAvailability, to after: ItemAvailability, in transaction: Transaction
    ) throws {
        var difference = Difference()
        difference.note("available", from: .flag(before.isOnMenu), to: .flag(after.isOnMenu))
        difference.note("soldOutUntil", from: DifferenceValue(before.returnsAt), to: DifferenceValue(after.returnsAt))
        let kind = if case .item = request.subject { "item" } else { "option" }
        try ActionLogRepository.record(
            ActionLogRepository.Entry(
                id: ids.next(), staffID: request.staffID,
                action: after.isOnMenu ? "menu.\(kind)_back" : "menu.\(kind)_sold_out", subjectID: request.subject.id,
                difference: difference),
            in: transaction)
    }
}

extension MarkSoldOut.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .unknownSubject: .notFound
        case .returnIsPast: .invalid("until", "The time of its return has passed already. Choose a later one, or none.")
        case .nothingLeft:
            Problem.conflict("nothing-left", title: "None of it are left.", detail: "Count it, and it is back at once.")
        case .failed(let error): Problem.failure(of: error)
        }
    }
}
