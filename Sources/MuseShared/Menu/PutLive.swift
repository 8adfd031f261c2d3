/// Puts changes on the live menu: one transaction for the rows, the cache version `menu`, the version one can return to,
/// the action log, and the part of the draft that has come true.
struct PutLive: Sendable {
    let kind: MenuVersion.Kind
    var revertedTo: Int64?
    let staffID: String
    let ids: IDSource

    /// What is live afterwards.
    struct Done: Sendable {
        let number: Int64
        let menuVersion: Int64
    }

    /// - Parameter live: the menu as it is in this very transaction.
    func callAsFunction(_ changes: MenuChanges, on live: EditedMenu, in transaction: Transaction) throws -> Done {
        let after = live.applying(changes)
        try MenuContentRepository.write(changes, of: after, in: transaction)
        try CacheVersionRepository.bump(.menu, in: transaction)
        for ref in changes.refs {
            guard let entity = after[ref] else { continue }
            try MenuDraftRepository.settle(ref, live: entity, by: staffID, in: transaction)
        }
        return try note(changes, in: transaction)
    }

    /// Writes the version and the log of changes that are in the rows already; `menu` has moved.
    func note(_ changes: MenuChanges, in transaction: Transaction) throws -> Done {
        let number = try MenuVersionRepository.record(
            MenuVersionRepository.Entry(kind: kind, revertedTo: revertedTo, changes: changes, staffID: staffID),
            in: transaction)
        try ActionLogRepository.record(
            ActionLogRepository.Entry(
                id: ids.next(), staffID: staffID, action: "menu.\(kind.rawValue)", subjectID: String(number),
                difference: changes.difference),
            in: transaction)
        return Done(number: number, menuVersion: try CacheVersionRepository.current(.menu, in: transaction))
    }
}
