import MuseShared

/// The editor of one item.
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
        let groupName: String
        let rule: String
        let optionWords: String
    }

    struct Content {
        let editing: ItemEditRepository.Editing
        let categories: [(id: String, name: String)]
        let currency: Currency
        let version: Int64
        /// As it is stored, or as somebody typed it.
        let form: ItemForm
        var problem: Problem?
    }

    let title: String
    let staff: StaffFrame
    let problem: FormProblem?
    let heading: String
    let summary: String
    let itemId: String
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
    let dietary: [Mark]
    let allergens: [Mark]
    let isAvailable: Bool
    let hasGroups: Bool
    let groups: [Group]

    init(_ content: Content, staff: StaffFrame) {
        let form = content.form
        let problem = content.problem
        self.staff = staff
        self.problem = problem.map {
            FormProblem($0, ids: ["categoryId": "category", "prepSeconds": "prep", "stockCount": "stock"])
        }
        title = content.editing.item.name
        heading = content.editing.item.name
        summary = "Live now, menu version \(content.version)."
        itemId = content.editing.id
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
        categories = content.categories.map { Choice(value: $0.id, label: $0.name, isChosen: $0.id == form.categoryID) }
        dietary = MenuWords.dietary.map { Self.mark($0, in: form.dietary) }
        allergens = MenuWords.allergens.map { Self.mark($0, in: form.allergens) }
        isAvailable = form.isAvailable
        groups = content.editing.groups.map { Group($0, currency: content.currency) }
        hasGroups = !groups.isEmpty
    }

    private static func mark(_ word: String, in chosen: [String]) -> Mark {
        Mark(value: word, label: word.prefix(1).uppercased() + word.dropFirst(), isChecked: chosen.contains(word))
    }
}

extension StaffItemPage.Group {
    init(_ group: ModifierGroup, currency: Currency) {
        groupName = group.name
        rule =
            group.min == group.max
            ? "choose \(group.min)" : group.min == 0 ? "up to \(group.max)" : "\(group.min) to \(group.max)"
        optionWords = group.options.map { option in
            let price =
                option.priceMinor == 0 ? "" : " +" + Money(minor: option.priceMinor, currency: currency).formatted
            return option.name + price + (option.available ? "" : " (sold out)")
        }.joined(separator: ", ")
    }
}
