import MuseShared
import Synchronization

/// Notices when time alone has changed the menu (an item is back at five, breakfast ends) and tells the open pages,
/// which no moved version would. Asked a few times a second; each time is a look into memory.
final class NoticeMenuTimes: Sendable {
    private let menu: MenuCache<MenuForm>
    private let changes: ChangeFeed
    private let last = Mutex<(version: Int64, etag: String)?>(nil)

    init(menu: MenuCache<MenuForm>, changes: ChangeFeed) {
        self.menu = menu
        self.changes = changes
    }

    func callAsFunction() throws {
        let entry = try menu.current()
        let now = (version: entry.published.menu.version, etag: entry.form.etag)
        let before = last.withLock { last in
            defer { last = now }
            return last
        }
        guard let before, before.version == now.version, before.etag != now.etag else { return }
        changes.announce(.menu)
    }
}
