import MuseShared

/// The editor of a category, new or old.
struct StaffCategoryPage: Page {
    static let template = "menu/staff-category-page"

    struct Content {
        let nav: MenuNav
        /// Nil: a new one.
        let id: String?
        let entity: MenuEntity?
        let revision: String?
        /// Guests can see it: it has hours of its own.
        var isLive = false
        var typed: FormFields?
        var problem: Problem?
    }

    let title: String
    let staff: StaffFrame
    let nav: MenuNav
    let problem: FormProblem?
    let heading: String
    let action: String
    let revision: String?
    let nameValue: String
    let nameError: String?
    let descriptionValue: String
    let descriptionError: String?
    let drawings: [StaffItemPage.Choice]
    let isOld: Bool
    let hoursHref: String?
    let isArchived: Bool

    init(_ content: Content, staff: StaffFrame) {
        self.staff = staff
        nav = content.nav
        problem = content.problem.map { FormProblem($0) }
        heading = content.entity?.name ?? "New category"
        title = heading
        action = "/api/menu/categories" + (content.id.map { "/\($0)" } ?? "")
        revision = content.revision
        nameValue = content.typed?.first("name") ?? content.entity?.name ?? ""
        nameError = content.problem?.message(of: "name")
        descriptionValue = content.typed?.first("description") ?? content.entity?.text("description") ?? ""
        descriptionError = content.problem?.message(of: "description")
        let drawing = content.typed?.first("drawing") ?? content.entity?.text("drawing") ?? "cup"
        drawings = MenuWords.drawings.map {
            StaffItemPage.Choice(value: $0, label: $0.prefix(1).uppercased() + $0.dropFirst(), isChosen: $0 == drawing)
        }
        isOld = content.id != nil
        hoursHref = content.isLive ? content.id.map { Paths.hours(.category($0)) } : nil
        isArchived = content.entity?.isArchived ?? false
    }
}
