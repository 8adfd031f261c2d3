/// Brings an earlier menu back. This is a new version of its own, so that it can be taken back like any other.
///
/// What was made since then is archived, not deleted. The draft, counts and what is sold out stay as they are.
public struct RevertMenu: Sendable {
    public struct Request: Sendable {
        /// The version whose menu is wanted; 0 is the menu before the first one.
        public let number: Int64
        /// The fingerprint of the difference that was looked at; nil is a program that does not mind.
        public let seen: String?
        public let staffID: String

        public init(number: Int64, seen: String? = nil, staffID: String) {
            self.number = number
            self.seen = seen
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case unknownVersion
        /// The menu is that one already.
        case nothingToRevert
        case changedMeanwhile
        case incomplete([FieldError])
        case failed(any Error)
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    public func callAsFunction(_ request: Request) async throws(Refusal) -> PublishMenu.Published {
        do {
            return try await database.write { try revert(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    /// What going back would change now.
    public func difference(to number: Int64) throws -> (live: EditedMenu, changes: MenuChanges) {
        try database.read { try Self.difference(to: number, in: $0) }
    }

    private static func difference(
        to number: Int64, in transaction: Transaction
    ) throws -> (live: EditedMenu, changes: MenuChanges) {
        let newest = try MenuVersionRepository.current(in: transaction)
        guard (0...newest).contains(number) else { throw Refusal.unknownVersion }
        let live = try MenuContentRepository.live(in: transaction)
        let wanted = try MenuVersionRepository.content(at: number, live: live, in: transaction)
        return (live, wanted.changes(from: live))
    }

    private func revert(_ request: Request, in transaction: Transaction) throws -> PublishMenu.Published {
        let (live, changes) = try Self.difference(to: request.number, in: transaction)
        guard !changes.isEmpty else { throw Refusal.nothingToRevert }
        if let seen = request.seen, seen != (try changes.fingerprint) { throw Refusal.changedMeanwhile }
        let problems = CheckMenu(menu: live.applying(changes), changes: changes).problems(isFinal: true)
        guard problems.isEmpty else { throw Refusal.incomplete(problems) }
        let put = PutLive(kind: .reverted, revertedTo: request.number, staffID: request.staffID, ids: ids)
        let done = try put(changes, on: live, in: transaction)
        return PublishMenu.Published(
            number: done.number, menuVersion: done.menuVersion, count: changes.refs.count)
    }
}

extension MenuChanges {
    public var fingerprint: String {
        get throws { try MenuFingerprint(self).text }
    }
}

extension RevertMenu.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .unknownVersion: .notFound
        case .nothingToRevert:
            Problem.conflict(
                "nothing-to-revert", title: "The menu is that one already.", detail: "Nothing was changed.")
        case .changedMeanwhile:
            Problem.conflict(
                "changed-meanwhile", title: "The menu has changed since you looked at it.",
                detail: "Nothing was changed. Read what going back means now, then do it.")
        case .incomplete(let errors): .invalid(errors)
        case .failed(let error): Problem.failure(of: error)
        }
    }
}
