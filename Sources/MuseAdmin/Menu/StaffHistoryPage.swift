import MuseShared

/// Every menu there has been, the newest first.
struct StaffHistoryPage: Page {
    static let template = "menu/staff-history-page"
    static let pageSize = 50

    struct Row: Encodable, Sendable {
        let versionHref: String
        let number: String
        let when: String
        let who: String
        let what: String
        let about: String
    }

    let title = "History of the menu"
    let staff: StaffFrame
    let nav: MenuNav
    let hasVersions: Bool
    let versions: [Row]
    let olderHref: String?

    init(_ versions: [MenuVersion], menu: EditedMenu, zone: VenueZone, nav: MenuNav, staff: StaffFrame) {
        self.staff = staff
        self.nav = nav
        self.versions = versions.prefix(Self.pageSize).map { Row($0, menu: menu, zone: zone) }
        hasVersions = !versions.isEmpty
        let isMore = versions.count > Self.pageSize
        olderHref = isMore ? versions.prefix(Self.pageSize).last.map { "\(Paths.history)?before=\($0.number)" } : nil
    }
}

extension StaffHistoryPage.Row {
    init(_ version: MenuVersion, menu: EditedMenu, zone: VenueZone) {
        versionHref = Paths.version(version.number)
        number = String(version.number)
        when = zone.dayAndTime(version.at)
        who = version.author ?? "Nobody"
        what = MenuVersionWords.kind(version)
        about = MenuVersionWords.names(version, menu)
    }
}

/// A version of the menu in a few words.
enum MenuVersionWords {
    static func kind(_ version: MenuVersion) -> String {
        switch version.kind {
        case .published: "Published"
        case .changed: "Changed live"
        case .reverted:
            version.revertedTo == 0 ? "Went back to the beginning" : "Went back to \(version.revertedTo ?? 0)"
        }
    }

    /// The first few things and how many more there are.
    static func names(_ version: MenuVersion, _ menu: EditedMenu) -> String {
        let names = version.changes.refs.reversed().map { menu[$0]?.name ?? $0.id }
        let more = names.count - 3
        return names.prefix(3).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
}
