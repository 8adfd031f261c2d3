import MuseShared

/// One menu of the past: what it changed, and what going back to it would change now.
struct StaffVersionPage: Page {
    static let template = "menu/staff-version-page"

    struct Content {
        let nav: MenuNav
        let number: Int64
        /// Nil: the menu before the first version.
        let version: MenuVersion?
        let cards: [MenuChangeWords.Card]
        let way: [MenuChangeWords.Card]
        let revision: String
        let zone: VenueZone
        var problem: Problem?
    }

    let title: String
    let staff: StaffFrame
    let nav: MenuNav
    let problem: FormProblem?
    let heading: String
    let summary: String
    let number: String
    let hasCards: Bool
    let cards: [MenuChangeWords.Card]
    let isThisOne: Bool
    let way: [MenuChangeWords.Card]
    let revision: String
    let buttonWords: String

    init(_ content: Content, staff: StaffFrame) {
        self.staff = staff
        nav = content.nav
        problem = content.problem.map { FormProblem($0) }
        number = String(content.number)
        heading = content.version == nil ? "The menu at the beginning" : "Menu \(content.number)"
        title = heading
        summary =
            content.version.map { version in
                "\(MenuVersionWords.kind(version)) by \(version.author ?? "nobody"), \(content.zone.dayAndTime(version.at)). "
                    + "Orders say “menu version \(version.menuVersion)”."
            } ?? "Before the first change that is written down here."
        cards = content.cards
        hasCards = !cards.isEmpty
        way = content.way
        isThisOne = way.isEmpty
        revision = content.revision
        buttonWords = way.count == 1 ? "Go back: 1 change" : "Go back: \(way.count) changes"
    }
}
