import MuseTestSupport

@testable import MuseAdmin
@testable import MuseShared

/// The pages of the menu, while somebody edits it.
extension StaffPageValues {
    private static let eggs = MenuRef(.item, "eggs")
    private static let brunch = MenuRef(.category, "brunch")

    /// Something of everything: new, changed, sorted, archived, and a field that was changed live meanwhile.
    func edit() async throws {
        let edit = EditMenu(database: counter.database)
        func save(_ ref: MenuRef, _ values: [String: DifferenceValue], isNew: Bool = false, live: Bool = false)
            async throws
        {
            _ = try await edit(
                EditMenu.Request(
                    subject: ref, edits: [ref: values], new: isNew ? [ref] : [], goesLive: live, staffID: staff.id))
        }
        let soup = MenuRef(.item, CafeFixture.soup)
        try await save(soup, ["priceMinor": .number(1050), "dietary": .texts(["vegan"])])
        try await save(soup, ["priceMinor": .number(1100)], live: true)
        try await save(MenuRef(.item, CafeFixture.cake), ["isArchived": .flag(true)], live: true)
        try await save(MenuRef(.item, CafeFixture.cake), ["name": .text("Carrot cake with icing")])
        try await save(MenuRef(.group, "syrups"), ["name": .text("Syrups")], isNew: true, live: true)
        try await save(MenuRef(.group, "syrups"), ["isArchived": .flag(true)], live: true)
        try await save(MenuRef(.category, "coffee"), ["description": .text("Roasted two streets away.")])
        try await save(Self.brunch, ["name": .text("Brunch")], isNew: true)
        let fields = ItemDraft.blank(category: Self.brunch.id, in: try sketch().view).taking([
            "name": .text("Eggs on toast"), "priceMinor": .number(850), "allergens": .texts(["gluten", "eggs"]),
        ])
        try await save(Self.eggs, fields, isNew: true)
        _ = try await ArrangeMenu(database: counter.database)(
            .move(MenuRef(.item, CafeFixture.water), by: -1), staffID: staff.id)
        try await counter.database.write {
            try $0.execute("UPDATE menu_items SET is_sold_out = 1, sold_out_until_ms = NULL WHERE id = 'soup'")
        }
    }

    func sketch(at path: String = Paths.menu) throws -> MenuSketch {
        let (live, draft) = try MenuContentRepository(database: counter.database).both()
        return MenuSketch(at: path, live: live, draft: draft)
    }

    private var empty: MenuSketch {
        MenuSketch(
            at: Paths.menu, live: EditedMenu(entities: [:], taxClasses: [:]), draft: MenuDraft())
    }

    func menus() async throws -> [StaffMenuPage] {
        let refused = StaffMenuPage.RefusedPrice(itemID: CafeFixture.soup, typed: "9,5x", problem: problem)
        let before = try sketch()
        try await edit()
        return [(before, nil), (try sketch(), refused)].map { draft, refused in
            StaffMenuPage(
                menu, zone: venue.timeZone, staff: frame, draft: draft, canEdit: refused == nil, refused: refused)
        } + [
            StaffMenuPage(
                try MenuRepository(database: counter.database).published(), zone: venue.timeZone, staff: frame,
                draft: try sketch(), canEdit: true)
        ]
    }

    func items() async throws -> [StaffItemPage] {
        try await edit()
        let items = ItemEditRepository(database: counter.database)
        let known = try [CafeFixture.flatWhite, CafeFixture.soup, CafeFixture.cake, "eggs"].map { id in
            try items.editing(id)
        }
        return try ([nil] + known).map { editing in
            let sketch = try sketch(at: "/menu/items")
            let item = editing?.item ?? .blank(category: "coffee", in: sketch.view)
            return StaffItemPage(
                StaffItemPage.Content(
                    nav: sketch.nav, editing: editing, menu: sketch.view, currency: venue.currency, version: 1,
                    form: ItemForm(item, revision: "r", currency: venue.currency),
                    problem: editing?.id == CafeFixture.soup ? problem : nil),
                staff: frame)
        } + [
            StaffItemPage(
                StaffItemPage.Content(
                    nav: empty.nav, editing: nil, menu: empty.view, currency: venue.currency, version: 1,
                    form: ItemForm(
                        .blank(category: "", in: empty.view), revision: "", currency: venue.currency)),
                staff: frame)
        ]
    }

    func categories() throws -> [StaffCategoryPage] {
        let sketch = try sketch()
        return [nil, "coffee"].map { id in
            let entity = id.flatMap { sketch.view[MenuRef(.category, $0)] }
            return StaffCategoryPage(
                StaffCategoryPage.Content(
                    nav: sketch.nav, id: id, entity: entity, revision: id, isLive: id != nil,
                    problem: id == nil ? nil : problem),
                staff: frame)
        }
    }

    func groupLists() throws -> [StaffGroupsPage] {
        [try sketch(at: Paths.groups), empty].map {
            StaffGroupsPage($0.view, nav: $0.nav, currency: venue.currency, staff: frame)
        }
    }

    func groups() throws -> [StaffGroupPage] {
        let sketch = try sketch(at: Paths.groups)
        let typed = try FormFields(
            text: "name=Milk&option=oat-milk&name.oat-milk=Oat&priceMinor.oat-milk=x&option=new-1")
        let wrong = Problem.invalid(
            ["name", "min", "max", "name.oat-milk", "priceMinor.oat-milk"].map { FieldError($0, "Wrong") })
        return [(nil, nil, nil), ("milk", nil, nil), ("milk", typed, wrong), ("syrups", nil, nil)].map {
            StaffGroupPage(
                StaffGroupPage.Content(
                    nav: sketch.nav, id: $0.0, menu: sketch.view, revision: $0.0, currency: venue.currency,
                    typed: $0.1, problem: $0.2),
                staff: frame)
        }
    }

    func arrangements() throws -> [StaffArrangePage] {
        [try sketch(at: Paths.arrange), empty].map {
            StaffArrangePage($0.view, currency: venue.currency, nav: $0.nav, staff: frame)
        }
    }

    func publishing() throws -> [StaffPublishPage] {
        let sketch = try sketch(at: Paths.publish)
        let conflicts = sketch.draft.conflicts(with: sketch.live)
        let words = MenuChangeWords(
            before: sketch.live, after: sketch.view, currency: venue.currency, zone: venue.timeZone,
            authors: sketch.draft.authors, conflicts: conflicts, soldOut: [CafeFixture.soup], canSettle: true)
        let link = PreviewLinks.Link(
            url: "http://localhost:8080/menu/preview?until=1&code=2", until: Timestamp(milliseconds: 1_795_460_400_000))
        return [(words.cards(sketch.pending), conflicts.count), (words.cards(sketch.pending), 0), ([], 0)].map {
            StaffPublishPage(
                StaffPublishPage.Content(
                    nav: sketch.nav, cards: $0.0, revision: "r", conflicts: $0.1, preview: $0.1 == 0 ? link : nil,
                    zone: venue.timeZone, problem: $0.1 > 0 ? problem : nil),
                staff: frame)
        }
    }

    func histories() throws -> [StaffHistoryPage] {
        let sketch = try sketch(at: Paths.history)
        let versions = try MenuVersionRepository(database: counter.database).latest(10)
        let many = Array(repeating: versions, count: 20).flatMap { $0 }
        return [versions, many, []].map {
            StaffHistoryPage($0, menu: sketch.view, zone: venue.timeZone, nav: sketch.nav, staff: frame)
        }
    }

    func versions() throws -> [StaffVersionPage] {
        let sketch = try sketch(at: Paths.history)
        return try [Int64(1), 0, 4].compactMap { number in
            try MenuVersionRepository(database: counter.database).look(at: number).map { look in
                let way = look.after.changes(from: look.live)
                let was = MenuChangeWords(before: look.before, after: look.after, currency: venue.currency)
                let back = MenuChangeWords(before: look.live, after: look.after, currency: venue.currency)
                return StaffVersionPage(
                    StaffVersionPage.Content(
                        nav: sketch.nav, number: number, version: look.version,
                        cards: was.cards(look.version?.changes ?? MenuChanges()), way: back.cards(way), revision: "r",
                        zone: venue.timeZone, problem: number == 1 ? problem : nil),
                    staff: frame)
            }
        }
    }
}
