import MuseShared

/// The editor of one item, new or old: what waits for publishing, and apart from it what holds tonight.
struct StaffItemPage: Page {
    static let template = "menu/staff-item-page"

    struct Choice: Encodable, Sendable {
        let value: String
        let label: String
        let isChosen: Bool
    }

    struct Mark: Encodable, Sendable {
        let value: String
        let label: String
        let isChecked: Bool
    }

    struct Group: Encodable, Sendable {
        let groupId: String
        let groupHref: String
        let groupName: String
        let isLinked: Bool
        let groupPlace: String?
        let rule: String
        let optionWords: String
    }

    struct Content {
        let nav: MenuNav
        /// Nil: a new one.
        let editing: ItemEditRepository.Editing?
        /// With the draft.
        let menu: EditedMenu
        let currency: Currency
        let version: Int64
        /// As it is stored, or as somebody typed it.
        let form: ItemForm
        var problem: Problem?
    }

    let title: String
    let staff: StaffFrame
    let nav: MenuNav
    let problem: FormProblem?
    let heading: String
    let summary: String
    /// What “Publish now” would put live beside what is typed: the fields that wait.
    let waitingWords: String?
    let clashes: [String]
    let hasClashes: Bool
    let action: String
    let itemId: String?
    let isOld: Bool
    let isLive: Bool
    let isArchived: Bool
    let revision: String
    let nameValue: String
    let nameError: String?
    let descriptionValue: String
    let descriptionError: String?
    let currency: String
    let priceValue: String
    let priceError: String?
    let prepValue: String
    let prepError: String?
    let stockValue: String
    let stockError: String?
    let categories: [Choice]
    let categoryError: String?
    let taxClasses: [Choice]
    let taxError: String?
    let stations: [Choice]
    let drawings: [Choice]
    let dietary: [Mark]
    let allergens: [Mark]
    let isAvailable: Bool
    let hasGroups: Bool
    let groups: [Group]

    init(_ content: Content, staff: StaffFrame) {
        let form = content.form
        let problem = content.problem
        let editing = content.editing
        self.staff = staff
        nav = content.nav
        self.problem = problem.map { FormProblem($0, ids: Self.elements) }
        heading = editing?.item.name ?? "New item"
        title = heading
        summary = Self.summary(content)
        waitingWords = Self.waitingWords(content)
        clashes = Self.clashes(content)
        hasClashes = !clashes.isEmpty
        action = "/api/menu/items" + (editing.map { "/\($0.id)" } ?? "")
        itemId = editing?.id
        isOld = editing != nil
        isLive = editing?.live.map { !$0.isArchived } ?? false
        isArchived = editing?.isArchived ?? false
        revision = form.revision
        nameValue = form.name
        nameError = problem?.message(of: "name")
        descriptionValue = form.description
        descriptionError = problem?.message(of: "description")
        currency = content.currency.words
        priceValue = form.price
        priceError = problem?.message(of: "price")
        prepValue = form.prepSeconds
        prepError = problem?.message(of: "prepSeconds")
        stockValue = form.stock
        stockError = problem?.message(of: "stockCount")
        categories = content.menu.all(.category).map {
            Choice(value: $0.ref.id, label: $0.entity.name, isChosen: $0.ref.id == form.categoryID)
        }
        categoryError = problem?.message(of: "categoryId")
        taxClasses = content.menu.taxClasses.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map {
            Choice(value: $0.key, label: $0.value, isChosen: $0.key == form.taxClassID)
        }
        taxError = problem?.message(of: "taxClassId")
        stations = MenuWords.stations.map { Self.choice($0, form.station) }
        drawings = ([""] + MenuWords.drawings).map { Self.choice($0, form.drawing) }
        dietary = MenuWords.dietary.map { Self.mark($0, in: form.dietary) }
        allergens = MenuWords.allergens.map { Self.mark($0, in: form.allergens) }
        isAvailable = form.isAvailable
        groups = Self.groups(content)
        hasGroups = !groups.isEmpty
    }

    private static let elements = [
        "categoryId": "category", "prepSeconds": "prep", "stockCount": "stock", "taxClassId": "tax",
        "groupIds": "choices",
    ]

    private static func choice(_ word: String, _ chosen: String) -> Choice {
        let label = word.isEmpty ? "As its category" : word.prefix(1).uppercased() + word.dropFirst()
        return Choice(value: word, label: label, isChosen: word == chosen)
    }

    private static func mark(_ word: String, in chosen: [String]) -> Mark {
        Mark(value: word, label: word.prefix(1).uppercased() + word.dropFirst(), isChecked: chosen.contains(word))
    }

    private static func summary(_ content: Content) -> String {
        guard let editing = content.editing else { return "Guests see it once it is published." }
        guard let live = editing.live else { return "New: only in the draft, guests don’t see it yet." }
        if live.isArchived { return "Archived: guests don’t see it." }
        let waiting = editing.waiting.subtracting(["position"]).count
        return waiting == 0
            ? "Live now, menu version \(content.version)."
            : "Live now, and \(waiting == 1 ? "1 field waits" : "\(waiting) fields wait") in the draft, shown below."
    }

    private static func waitingWords(_ content: Content) -> String? {
        guard let editing = content.editing, editing.live != nil else { return nil }
        let labels = MenuField.all(.item).filter { $0.name != "position" && editing.waiting.contains($0.name) }
            .map { $0.label.lowercased() }
        guard !labels.isEmpty else { return nil }
        return "“Publish now” also puts live what waits in the draft for this item: \(labels.joined(separator: ", "))."
    }

    private static func clashes(_ content: Content) -> [String] {
        guard let editing = content.editing else { return [] }
        let words = MenuChangeWords(before: content.menu, after: content.menu, currency: content.currency)
        return editing.conflicts.compactMap { conflict in
            MenuField.all(.item).first { $0.name == conflict.field }.map { field in
                "\(field.label): live it is \(words.words(conflict.live, field, in: content.menu)) now, "
                    + "the draft says \(words.words(conflict.draft, field, in: content.menu))."
            }
        }
    }

    /// Those it has, in their order, then all others by name.
    private static func groups(_ content: Content) -> [Group] {
        let linked = content.form.groupIDs.filter { content.menu[MenuRef(.group, $0)] != nil }
        let others = content.menu.all(.group).filter { !linked.contains($0.ref.id) }
            .sorted { ($0.entity.name, $0.ref.id) < ($1.entity.name, $1.ref.id) }.map(\.ref.id)
        return (linked + others).enumerated().compactMap { place, id in
            content.menu[MenuRef(.group, id)].map { group in
                Group(
                    groupId: id, groupHref: Paths.group(id), groupName: group.name, isLinked: place < linked.count,
                    groupPlace: place < linked.count ? String(place + 1) : nil, rule: GroupRule.words(group),
                    optionWords: GroupRule.options(of: id, in: content.menu, content.currency))
            }
        }
    }
}
