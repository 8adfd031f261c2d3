import Synchronization

/// The menu in memory under the key `menu:full:v{version}`.
///
/// The version is read from the database on every load, so an edit that any process has committed is in the very next
/// answer; the menu itself is read again only when the version moved.
public final class MenuCache<Form: Sendable>: Sendable {
    /// The menu and the form a program serves it in, e.g. the encoded and compressed bytes.
    public struct Entry: Sendable {
        public let published: PublishedMenu
        public let form: Form
        let key: String
    }

    private let repository: MenuRepository
    private let versions: CacheVersionRepository
    private let clock: WallClock
    private let render: @Sendable (PublishedMenu) throws -> Form
    private let entry = Mutex<Entry?>(nil)

    /// - Parameters:
    ///   - media: where browsers find photos.
    ///   - render: makes the served form, once a version.
    public init(
        database: Database, media: MediaLinks = .local, render: @escaping @Sendable (PublishedMenu) throws -> Form
    ) {
        repository = MenuRepository(database: database, media: media)
        versions = CacheVersionRepository(database: database)
        clock = database.clock
        self.render = render
    }

    /// The menu of the version now committed.
    public func current() throws -> Entry {
        let key = Self.key(try versions.current(.menu))
        if let known = entry.withLock({ $0 }), known.key == key, isValid(known) { return known }
        let published = try repository.published()
        let fresh = Entry(
            published: published, form: try render(published), key: Self.key(published.menu.version))
        entry.withLock { $0 = fresh }
        return fresh
    }

    private func isValid(_ entry: Entry) -> Bool {
        entry.published.validUntil.map { clock.now() < $0 } ?? true
    }

    private static func key(_ version: Int64) -> String {
        "menu:full:v\(version)"
    }
}
