import Synchronization

/// The menu as guests would see it if the draft were published now.
///
/// It is really published, read as every guest's menu is, and taken back before the commit: so the preview cannot differ
/// from what publishing makes. What conflicts or is half done is shown as the draft has it.
public final class PreviewMenu: Sendable {
    private struct Shown: Error {
        let menu: PublishedMenu
    }

    private struct Kept: Sendable {
        let key: [Int64]
        let until: Timestamp
        let menu: PublishedMenu
    }

    private let database: Database
    private let menu: MenuRepository
    private let versions: CacheVersionRepository
    private let kept = Mutex<Kept?>(nil)

    public init(database: Database, menu: MenuRepository) {
        self.database = database
        self.menu = menu
        versions = CacheVersionRepository(database: database)
    }

    /// Kept for a few seconds while neither the menu nor the draft moves: a shared link must not hold the writers up.
    public func callAsFunction() async throws -> PublishedMenu {
        let now = database.clock.now()
        let key = [try versions.current(.menu), try versions.current(.menuDraft)]
        if let known = kept.withLock({ $0 }), known.key == key, now < known.until { return known.menu }
        let fresh = try await published()
        kept.withLock { $0 = Kept(key: key, until: now.adding(seconds: 5), menu: fresh) }
        return fresh
    }

    private func published() async throws -> PublishedMenu {
        let menu = menu
        do {
            return try await database.write { transaction in
                let live = try MenuContentRepository.live(in: transaction)
                let changes = try MenuDraftRepository.draft(in: transaction).pending(on: live)
                guard !changes.isEmpty else { return try menu.published(in: transaction) }
                try MenuContentRepository.write(changes, of: live.applying(changes), in: transaction)
                throw Shown(menu: try menu.published(in: transaction))
            }
        } catch let shown as Shown {
            return shown.menu
        }
    }
}
