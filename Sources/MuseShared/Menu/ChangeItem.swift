/// Changes an item of the menu, live at once: the very next request of a guest shows it.
///
/// One write: the item, the cache version `menu`, and the difference in the action log. A change that changes nothing
/// writes nothing.
public struct ChangeItem: Sendable {
    public struct Request: Sendable {
        public let itemID: String
        public let change: ItemChange
        /// What the editor had seen; nil is a program that does not mind.
        public let seen: ItemRevision?
        public let staffID: String

        public init(itemID: String, change: ItemChange, seen: ItemRevision? = nil, staffID: String) {
            self.itemID = itemID
            self.change = change
            self.seen = seen
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case unknownItem
        case invalid([FieldError])
        /// Somebody else saved it since it was opened: as it is now.
        case changedMeanwhile(ItemDraft)
        case failed(any Error)
    }

    public struct Changed: Sendable {
        public let item: ItemDraft
        /// The menu's version that has it.
        public let version: Int64
        /// Names of the fields that are different now.
        public let fields: [String]
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    public func callAsFunction(_ request: Request) async throws(Refusal) -> Changed {
        let problems = request.change.problems
        guard problems.isEmpty else { throw .invalid(problems) }
        do {
            return try await database.write { try change(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private func change(_ request: Request, in transaction: Transaction) throws -> Changed {
        guard let before = try ItemEditRepository.item(request.itemID, in: transaction) else {
            throw Refusal.unknownItem
        }
        if let seen = request.seen, !seen.isOf(before) { throw Refusal.changedMeanwhile(before) }
        let after = wanted(request, of: before)
        if after.categoryID != before.categoryID,
            try !ItemEditRepository.categoryExists(after.categoryID, in: transaction)
        {
            throw Refusal.invalid([FieldError("categoryId", "This category is no longer there.")])
        }
        let difference = after.difference(from: before)
        if !difference.isEmpty {
            try ItemEditRepository.save(after, id: request.itemID, by: request.staffID, in: transaction)
            try ActionLogRepository.record(
                ActionLogRepository.Entry(
                    id: ids.next(), staffID: request.staffID, action: "menu.item_changed", subjectID: request.itemID,
                    difference: difference),
                in: transaction)
        }
        let version = try CacheVersionRepository.current(.menu, in: transaction)
        return Changed(item: after, version: version, fields: difference.names)
    }

    /// A count that was left as it had been shown is not set back over what guests have bought since.
    private func wanted(_ request: Request, of item: ItemDraft) -> ItemDraft {
        var change = request.change
        if let seen = request.seen, let stock = change.stockCount, stock == seen.stockShown { change.stockCount = nil }
        return change.applied(to: item)
    }
}

extension ChangeItem.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .unknownItem:
            .notFound
        case .invalid(let errors):
            .invalid(errors)
        case .changedMeanwhile(let item):
            Problem.conflict(
                "changed-meanwhile", title: "Somebody else has changed this item since you opened it.",
                detail: "It is now “\(item.name)”. Your changes are kept below and not saved: look again, then publish."
            )
        case .failed(let error):
            Problem.failure(of: error)
        }
    }
}
