import MuseShared

/// What stands above each page of the menu: the ways around it, and what waits in the draft.
struct MenuNav: Encodable, Sendable {
    struct Place: Encodable, Sendable {
        let placeHref: String
        let placeLabel: String
        let isHere: Bool
    }

    let places: [Place]
    let isWaiting: Bool
    let waitingWords: String

    init(at path: String, waiting: Int) {
        let all = [
            (Paths.menu, "Items"), (Paths.arrange, "Order"), (Paths.groups, "Choices"), (Paths.history, "History"),
        ]
        places = all.map { href, label in
            Place(placeHref: href, placeLabel: label, isHere: path == href)
        }
        isWaiting = waiting > 0
        waitingWords = waiting == 1 ? "1 change waits in the draft." : "\(waiting) changes wait in the draft."
    }
}

/// The live menu, the draft over it, and what stands above the page: what most pages of the menu begin with.
struct MenuSketch {
    let live: EditedMenu
    let draft: MenuDraft
    /// With the draft.
    let view: EditedMenu
    let pending: MenuChanges
    let nav: MenuNav
}

extension MenuSketch {
    init(at path: String, live: EditedMenu, draft: MenuDraft) {
        self.live = live
        self.draft = draft
        view = draft.applied(to: live)
        pending = view.changes(from: live)
        nav = MenuNav(at: path, waiting: pending.refs.count)
    }
}

extension StaffDesk {
    func menuDraft(at path: String) throws -> MenuSketch {
        let (live, draft) = try content.both()
        return MenuSketch(at: path, live: live, draft: draft)
    }
}
