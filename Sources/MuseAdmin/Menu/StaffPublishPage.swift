import MuseShared

/// What publishing would change, old and new beside each other, and the one button that does it.
struct StaffPublishPage: Page {
    static let template = "menu/staff-publish-page"

    struct Content {
        let nav: MenuNav
        let cards: [MenuChangeWords.Card]
        let revision: String
        let conflicts: Int
        let preview: PreviewLinks.Link?
        let zone: VenueZone
        var problem: Problem?
    }

    let title = "Publish"
    let staff: StaffFrame
    let nav: MenuNav
    let problem: FormProblem?
    let hasCards: Bool
    let cards: [MenuChangeWords.Card]
    let revision: String
    let hasConflicts: Bool
    let conflictWords: String
    let canPublish: Bool
    let buttonWords: String
    let previewUrl: String?
    let previewWords: String?

    init(_ content: Content, staff: StaffFrame) {
        self.staff = staff
        nav = content.nav
        problem = content.problem.map { FormProblem($0) }
        cards = content.cards
        hasCards = !cards.isEmpty
        revision = content.revision
        hasConflicts = content.conflicts > 0
        conflictWords =
            content.conflicts == 1
            ? "One field was changed on the live menu after this draft was begun. Choose which one it shall be."
            : "\(content.conflicts) fields were changed on the live menu after this draft was begun. "
                + "Choose for each which one it shall be."
        canPublish = hasCards && !hasConflicts
        buttonWords = cards.count == 1 ? "Publish 1 change" : "Publish \(cards.count) changes"
        previewUrl = content.preview?.url
        previewWords = content.preview.map {
            "The link works until \(content.zone.clockTime($0.until)) for whoever has it; nothing can be ordered from it."
        }
    }
}
