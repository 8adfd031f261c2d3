/// Makes the draft live, all of it or some things: one transaction, one step of the version `menu`, one version of the
/// menu that one can return to.
///
/// Counts, what is sold out and orders in progress are not touched: an order keeps the version it was priced with.
public struct PublishMenu: Sendable {
    public struct Request: Sendable {
        /// Nil: everything that waits.
        public let only: Set<MenuRef>?
        /// The fingerprint of the review that was looked at; nil is a program that does not mind.
        public let seen: String?
        public let staffID: String

        public init(only: Set<MenuRef>? = nil, seen: String? = nil, staffID: String) {
            self.only = only
            self.seen = seen
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case nothingWaits
        /// The draft or the live menu moved since it was looked at.
        case changedMeanwhile
        /// Fields that were changed live after the draft had been begun: somebody has to choose.
        case conflicts([String])
        /// A guest could not order it like that.
        case incomplete([FieldError])
        case failed(any Error)
    }

    public struct Published: Sendable {
        /// Of the menu, for going back.
        public let number: Int64
        public let menuVersion: Int64
        /// How many things are different now.
        public let count: Int
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    public func callAsFunction(_ request: Request) async throws(Refusal) -> Published {
        do {
            return try await database.write { try publish(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    func publish(_ request: Request, in transaction: Transaction) throws -> Published {
        let live = try MenuContentRepository.live(in: transaction)
        var draft = try MenuDraftRepository.draft(in: transaction)
        if let seen = request.seen, seen != (try draft.fingerprint(on: live)) { throw Refusal.changedMeanwhile }
        if let only = request.only { draft.changes = draft.changes.only(only) }
        let changes = draft.pending(on: live)
        guard !changes.isEmpty else { throw Refusal.nothingWaits }
        let conflicts = draft.conflicts(with: live)
        guard conflicts.isEmpty else { throw Refusal.conflicts(conflicts.map { live[$0.ref]?.name ?? $0.ref.id }) }
        let problems = CheckMenu(menu: live.applying(changes), changes: changes).problems(isFinal: true)
        guard problems.isEmpty else { throw Refusal.incomplete(problems) }
        let done = try PutLive(kind: .published, staffID: request.staffID, ids: ids)(changes, on: live, in: transaction)
        return Published(number: done.number, menuVersion: done.menuVersion, count: changes.refs.count)
    }
}

extension MenuDraft {
    /// What the review of this draft shows, in one word.
    public func fingerprint(on live: EditedMenu) throws -> String {
        try MenuFingerprint(pending(on: live), conflicts(with: live)).text
    }
}

extension PublishMenu.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .nothingWaits:
            Problem.conflict(
                "nothing-waits", title: "There is nothing to publish.", detail: "What the draft held is live already.")
        case .changedMeanwhile:
            Problem.conflict(
                "changed-meanwhile", title: "The draft has changed since you looked at it.",
                detail: "Nothing was published. Read what is different now, then publish.")
        case .conflicts(let names):
            Problem.conflict(
                "draft-conflicts", title: "The live menu was changed after this draft was begun.",
                detail: "Nothing was published. Choose for each field which one it shall be: "
                    + "\(Set(names).sorted().joined(separator: ", ")).")
        case .incomplete(let errors):
            .invalid(errors)
        case .failed(let error):
            Problem.failure(of: error)
        }
    }
}
