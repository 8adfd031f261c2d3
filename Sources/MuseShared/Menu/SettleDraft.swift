/// Takes something out of the draft, or says that the draft is meant although the live menu has moved.
public struct SettleDraft: Sendable {
    public enum Choice: String, Sendable, Codable {
        /// Forget what the draft wanted.
        case live
        /// The draft is what is meant: what is live now is what it changes.
        case draft
    }

    public struct Request: Sendable {
        /// Nil: all that waits.
        public let ref: MenuRef?
        /// Nil: all of its fields.
        public let field: String?
        public let choice: Choice
        public let staffID: String

        public init(ref: MenuRef?, field: String? = nil, choice: Choice, staffID: String) {
            self.ref = ref
            self.field = field
            self.choice = choice
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        /// Somebody else has published or dropped it already.
        case nothingWaits
        case failed(any Error)
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    public func callAsFunction(_ request: Request) async throws(Refusal) {
        do {
            try await database.write { try settle(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private func settle(_ request: Request, in transaction: Transaction) throws {
        let draft = try MenuDraftRepository.draft(in: transaction)
        let refs = request.ref.map { [$0] } ?? draft.changes.refs
        let waiting = refs.filter { draft.changes.entries[$0] != nil }
        guard !waiting.isEmpty else { throw Refusal.nothingWaits }
        let live = request.choice == .draft ? try MenuContentRepository.live(in: transaction) : nil
        for ref in waiting {
            guard var entry = draft.changes.entries[ref] else { continue }
            switch (request.choice, request.field) {
            case (.live, nil):
                try MenuDraftRepository.drop(ref, in: transaction)
                continue
            case (.live, let field?):
                guard !entry.isNew, entry.fields.removeValue(forKey: field) != nil else { throw Refusal.nothingWaits }
            case (.draft, let field):
                for (name, wish) in entry.fields where field == nil || field == name {
                    let now = live?[ref]?[name] ?? .none
                    entry.fields[name] = MenuChanges.Field(from: now, to: wish.to)
                }
            }
            try MenuDraftRepository.keep(entry, of: ref, by: request.staffID, in: transaction)
        }
        try log(request, draft.changes.only(Set(waiting)), in: transaction)
    }

    private func log(_ request: Request, _ changes: MenuChanges, in transaction: Transaction) throws {
        try ActionLogRepository.record(
            ActionLogRepository.Entry(
                id: ids.next(), staffID: request.staffID,
                action: request.choice == .live ? "menu.draft_dropped" : "menu.draft_kept",
                subjectID: request.ref?.id ?? "menu", difference: changes.difference),
            in: transaction)
    }
}

extension SettleDraft.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .nothingWaits:
            Problem.conflict(
                "nothing-waits", title: "The draft no longer holds this.",
                detail: "Somebody has published or dropped it meanwhile. Nothing was changed.")
        case .failed(let error): Problem.failure(of: error)
        }
    }
}
