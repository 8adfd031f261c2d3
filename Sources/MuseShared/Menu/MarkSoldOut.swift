/// Takes an item off the menu in one tap (86), or puts it back. Live at once, in the action log, and moves `menu`.
public struct MarkSoldOut: Sendable {
    public struct Request: Sendable {
        public let itemID: String
        /// On the menu again, or sold out until a time or until somebody says so.
        public let availability: ItemAvailability
        public let staffID: String

        public init(itemID: String, availability: ItemAvailability, staffID: String) {
            self.itemID = itemID
            self.availability = availability
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case unknownItem
        /// A return in the past is a slip of the finger.
        case returnIsPast
        /// It is counted and the count is zero: only a new count puts it back.
        case nothingLeft
        case failed(any Error)
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    /// The item as it is now. Marking what is marked already changes nothing and is no error.
    public func callAsFunction(_ request: Request) async throws(Refusal) -> ItemDraft {
        do {
            return try await database.write { try mark(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private func mark(_ request: Request, in transaction: Transaction) throws -> ItemDraft {
        if let until = request.availability.returnsAt, until <= transaction.now { throw Refusal.returnIsPast }
        guard let before = try ItemEditRepository.item(request.itemID, in: transaction) else {
            throw Refusal.unknownItem
        }
        if request.availability.isOnMenu, before.stockCount == 0 { throw Refusal.nothingLeft }
        var after = before
        after.availability = request.availability
        let difference = after.difference(from: before)
        guard !difference.isEmpty else { return before }
        try ItemEditRepository.save(after, id: request.itemID, in: transaction)
        try ActionLogRepository.record(
            ActionLogRepository.Entry(
                id: ids.next(), staffID: request.staffID,
                action: after.availability.isOnMenu ? "menu.item_back" : "menu.item_sold_out",
                subjectID: request.itemID, difference: difference),
            in: transaction)
        return after
    }
}

extension MarkSoldOut.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .unknownItem: .notFound
        case .returnIsPast: .invalid("until", "The time of its return has passed already. Choose a later one, or none.")
        case .nothingLeft:
            Problem.conflict(
                "nothing-left", title: "None of it are left.", detail: "Open the item and enter how many there are now."
            )
        case .failed(let error): Problem.failure(of: error)
        }
    }
}
