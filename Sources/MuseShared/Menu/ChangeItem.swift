/// Changes an item of the menu: live at once, so that the very next request of a guest shows it, or in the draft.
///
/// One write: the item, the cache version `menu`, a version to return to, and the difference in the action log; or the
/// draft and the log. A change that changes nothing writes nothing. Counts and what is sold out are live at once always.
public struct ChangeItem: Sendable {
    public struct Request: Sendable {
        public let itemID: String
        public let change: ItemChange
        /// What the editor had seen; nil is a program that does not mind.
        public let seen: ItemRevision?
        /// Otherwise it waits in the draft.
        public let goesLive: Bool
        public let staffID: String

        public init(
            itemID: String, change: ItemChange, seen: ItemRevision? = nil, goesLive: Bool = true, staffID: String
        ) {
            self.goesLive = goesLive
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
        /// As it is live; as the draft has it if that is where it went.
        public let item: ItemDraft
        /// What the next change has to have seen: the item with what waits in the draft.
        public let revision: ItemRevision
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
        let ref = MenuRef(.item, request.itemID)
        let waiting = try MenuDraftRepository.entry(ref, in: transaction)
        guard let before = try ItemEditRepository.item(request.itemID, in: transaction) else {
            return try edit(request, before: nil, waiting, in: transaction)
        }
        let shown = before.taking(waiting)
        if let seen = request.seen, !seen.isOf(shown) { throw Refusal.changedMeanwhile(shown) }
        let isLive = request.goesLive || request.change.isOfTheEvening
        guard isLive, request.change.isArchived == nil else {
            return try edit(request, before: before, waiting, in: transaction)
        }
        return try change(request, before, waiting, in: transaction)
    }

    private func change(
        _ request: Request, _ before: ItemDraft, _ waiting: MenuChanges.Entry?, in transaction: Transaction
    ) throws -> Changed {
        let after = wanted(request, of: before)
        let problems = try ItemEditRepository.problems(of: after, changedFrom: before, in: transaction)
        guard problems.isEmpty else { throw Refusal.invalid(problems) }
        let difference = after.difference(from: before)
        if !difference.isEmpty {
            try ItemEditRepository.save(after, id: request.itemID, by: request.staffID, in: transaction)
            if after.groupIDs != before.groupIDs {
                try MenuContentRepository.link(after.groupIDs, toItem: request.itemID, in: transaction)
            }
            try ActionLogRepository.record(
                ActionLogRepository.Entry(
                    id: ids.next(), staffID: request.staffID, action: "menu.item_changed", subjectID: request.itemID,
                    difference: difference),
                in: transaction)
            try remember(after, before, request, in: transaction)
        }
        let version = try CacheVersionRepository.current(.menu, in: transaction)
        let left = try waiting.flatMap { _ in
            try MenuDraftRepository.entry(MenuRef(.item, request.itemID), in: transaction)
        }
        return Changed(
            item: after, revision: ItemRevision(after.taking(left)), version: version, fields: difference.names)
    }

    /// A version to return to, and the draft without what has come true.
    private func remember(
        _ after: ItemDraft, _ before: ItemDraft, _ request: Request, in transaction: Transaction
    ) throws {
        let fields = after.fields.filter { before.fields[$0.key] != $0.value }.map { name, value in
            (name, MenuChanges.Field(from: before.fields[name] ?? .none, to: value))
        }
        guard !fields.isEmpty else { return }
        let ref = MenuRef(.item, request.itemID)
        let entry = MenuChanges.Entry(
            isNew: false, fields: Dictionary(fields, uniquingKeysWith: { first, _ in first }))
        try MenuVersionRepository.record(
            MenuVersionRepository.Entry(
                kind: .changed, changes: MenuChanges(entries: [ref: entry]), staffID: request.staffID),
            in: transaction)
        try MenuDraftRepository.settle(ref, live: MenuEntity(after.fields), by: request.staffID, in: transaction)
    }

    /// In the draft, or something that only the draft or the archive knows.
    private func edit(
        _ request: Request, before: ItemDraft?, _ waiting: MenuChanges.Entry?, in transaction: Transaction
    ) throws -> Changed {
        let ref = MenuRef(.item, request.itemID)
        if request.change.hasEvening {
            throw Refusal.invalid([
                FieldError("publish", "A count and what is sold out are live at once: send them alone, or publish.")
            ])
        }
        let saved: EditMenu.Saved
        do throws(any Error) {
            saved = try EditMenu(database: database, ids: ids).edit(
                EditMenu.Request(
                    subject: ref, edits: [ref: request.change.fields], goesLive: request.goesLive,
                    staffID: request.staffID),
                in: transaction)
        } catch EditMenu.Refusal.unknown {
            throw Refusal.unknownItem
        } catch EditMenu.Refusal.invalid(let errors) {
            throw Refusal.invalid(errors)
        }
        guard let entity = saved.menu[ref] else { throw Refusal.unknownItem }
        let item = ItemDraft(
            entity, stockCount: before?.stockCount, availability: before?.availability ?? .onMenu)
        return Changed(
            item: item, revision: ItemRevision(item), version: saved.menuVersion,
            fields: saved.isChanged ? request.change.fields.keys.sorted() : [])
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
