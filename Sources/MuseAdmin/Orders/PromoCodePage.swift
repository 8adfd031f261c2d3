import MuseShared

/// The editor of one promo code, or of a new one, with its newest uses.
struct PromoCodePage: Page {
    static let template = "promos/promo-code-page"

    struct Use: Encodable, Sendable {
        let href: String
        let orderWord: String
        let stateWord: String
        let amount: String
        let time: String
        let isGivenBack: Bool
    }

    struct Mark: Encodable, Sendable {
        let value: String
        let label: String
        let isChecked: Bool
    }

    /// The items of one category.
    struct ItemGroup: Encodable, Sendable {
        let groupName: String
        let items: [Mark]
    }

    struct Content {
        /// Nil while it is new.
        let promo: PromoCode?
        let uses: [PromoUseRepository.Use]
        let categories: [MenuCategory]
        let venue: Venue
        let form: PromoForm
        var problem: Problem?
    }

    let title: String
    let staff: StaffFrame
    let problem: FormProblem?
    let heading: String
    let summary: String
    let action: String
    let saveLabel: String
    let revision: String
    let codeValue: String
    let codeError: String?
    let noteValue: String
    let noteError: String?
    let currency: String
    let percentValue: String
    let percentError: String?
    let amountValue: String
    let amountError: String?
    let startsValue: String
    let startsError: String?
    let endsValue: String
    let endsError: String?
    let minimumValue: String
    let minimumError: String?
    let maxUsesValue: String
    let maxUsesError: String?
    let perPersonValue: String
    let perPersonError: String?
    let categories: [Mark]
    let itemGroups: [ItemGroup]
    /// How many are ticked; absent while none is.
    let itemWords: String?
    let isActive: Bool
    let hasUses: Bool
    let uses: [Use]

    init(_ content: Content, staff: StaffFrame) {
        let form = content.form
        let error = { (field: String) in content.problem?.message(of: field) }
        self.staff = staff
        problem = content.problem.map {
            FormProblem(
                $0,
                ids: [
                    "amountMinor": "amount", "startsAt": "starts", "endsAt": "ends", "minimumSubtotalMinor": "minimum",
                    "maxUses": "max-uses", "maxUsesPerPerson": "per-person", "categoryIds": "categories",
                    "itemIds": "items",
                ])
        }
        heading = content.promo?.terms.code ?? "New code"
        title = heading
        summary =
            content.promo.map { "Used \(PromoWords(promo: $0, venue: content.venue).uses) times." }
            ?? "It counts from the next order on."
        action = content.promo.map { "/api/promo-codes/\($0.id)" } ?? "/api/promo-codes"
        saveLabel = content.promo == nil ? "Create the code" : "Save"
        revision = form.revision
        (codeValue, codeError) = (form.code, error("code"))
        (noteValue, noteError) = (form.note, error("note"))
        currency = content.venue.currency.words
        (percentValue, percentError) = (form.percent, error("percent"))
        (amountValue, amountError) = (form.amount, error("amountMinor"))
        (startsValue, startsError) = (form.startsAt, error("startsAt"))
        (endsValue, endsError) = (form.endsAt, error("endsAt"))
        (minimumValue, minimumError) = (form.minimum, error("minimumSubtotalMinor"))
        (maxUsesValue, maxUsesError) = (form.maxUses, error("maxUses"))
        (perPersonValue, perPersonError) = (form.maxUsesPerPerson, error("maxUsesPerPerson"))
        categories = content.categories.map {
            Mark(value: $0.id, label: $0.name, isChecked: form.categoryIDs.contains($0.id))
        }
        itemGroups = Self.itemGroups(content.categories, chosen: form.itemIDs)
        itemWords = form.itemIDs.isEmpty ? nil : "\(form.itemIDs.count) ticked"
        isActive = form.isActive
        uses = content.uses.map { Self.use($0, venue: content.venue) }
        hasUses = !uses.isEmpty
    }

    /// An item that has left the menu stays ticked until somebody unticks it: it may come back.
    private static func itemGroups(_ categories: [MenuCategory], chosen: [String]) -> [ItemGroup] {
        let groups = categories.filter { !$0.items.isEmpty }.map { category in
            ItemGroup(
                groupName: category.name,
                items: category.items.map { Mark(value: $0.id, label: $0.name, isChecked: chosen.contains($0.id)) })
        }
        let known = Set(categories.flatMap(\.items).map(\.id))
        let gone = chosen.filter { !known.contains($0) }
        guard !gone.isEmpty else { return groups }
        let marks = gone.map { Mark(value: $0, label: $0, isChecked: true) }
        return groups + [ItemGroup(groupName: "No longer on the menu", items: marks)]
    }

    private static func use(_ use: PromoUseRepository.Use, venue: Venue) -> Use {
        Use(
            href: Paths.order(use.orderID), orderWord: use.orderNumber.map { "Order \($0)" } ?? "Not paid",
            stateWord: use.releasedAt == nil ? "Used" : "Given back",
            amount: Money(minor: use.discountMinor, currency: venue.currency).formatted,
            time: venue.timeZone.dayAndTime(use.claimedAt), isGivenBack: use.releasedAt != nil)
    }
}
