import MuseShared

/// One item with its options; with scripts the same content opens as a sheet over the menu.
struct ItemPage: Page {
    static let template = "menu/item-page"

    struct Group: Encodable, Sendable {
        let groupId: String
        let groupName: String
        let rule: String
        let min: Int64
        let max: Int64
        let isRadio: Bool
        let groupError: String?
        let options: [Option]
    }

    struct Option: Encodable, Sendable {
        let optionId: String
        let optionName: String
        let optionPriceMinor: Int64
        let delta: String?
        let isChecked: Bool
        let isUnavailable: Bool
    }

    struct ProblemWords: Encodable, Sendable {
        struct Field: Encodable, Sendable {
            let id: String
            let message: String
        }

        let heading: String
        let text: String?
        let hasFields: Bool
        let fields: [Field]
    }

    let title: String
    let site: SiteFrame
    /// Set where the draft is shown: nothing can be ordered then.
    let preview: MenuPreview?
    let itemId: String
    let itemName: String
    let itemDescription: String?
    let price: String
    let priceMinor: Int64
    let currency: String
    let locale = "en-US"
    let art: String
    let photo: PhotoView?
    let hasTags: Bool
    let dietary: [String]
    let allergens: String?
    /// `5:00 PM`: not served now, and can be ordered for then.
    let servedFrom: String?
    let isSoldOut: Bool
    let soldOutWords: String?
    let groups: [Group]
    let noteValue: String
    let noteError: String?
    let quantityValue: String
    let quantityError: String?
    let maxQuantity = OrderLimits.quantity
    let problem: ProblemWords?

    init(
        _ item: MenuItem, menu: PublishedMenu, servedFrom: String? = nil, site: SiteFrame, form: AddToCartForm? = nil,
        preview: MenuPreview? = nil
    ) {
        title = item.name
        self.preview = preview
        self.site = site
        itemId = item.id
        itemName = item.name
        itemDescription = MenuPage.sentences(item.description, item.servedWords)
        price = menu.money(item.priceMinor).formatted
        priceMinor = item.priceMinor
        currency = menu.currency.code
        art = item.drawing
        photo = item.image.map { PhotoView($0, in: .page, alt: $0.alt.isEmpty ? item.name : $0.alt) }
        dietary = item.dietary
        allergens = item.allergens.isEmpty ? nil : "contains \(item.allergens.joined(separator: ", "))"
        hasTags = !item.dietary.isEmpty || !item.allergens.isEmpty
        self.servedFrom = servedFrom
        isSoldOut = !item.available && servedFrom == nil
        soldOutWords = isSoldOut ? item.soldOutWords : nil
        let errors = form?.errors ?? [:]
        groups = item.modifierGroups.map { group in
            Self.group(group, menu: menu, chosen: form?.optionIDs ?? [], error: errors["group-\(group.id)"])
        }
        noteValue = form?.note ?? ""
        noteError = errors["note"]
        quantityValue = form?.quantityText ?? "1"
        quantityError = errors["quantity"]
        problem =
            errors.isEmpty
            ? nil
            : ProblemWords(
                heading: "Nothing was added yet", text: nil, hasFields: true,
                fields: errors.sorted { $0.key < $1.key }.map { ProblemWords.Field(id: $0.key, message: $0.value) })
    }

    private static func group(
        _ group: ModifierGroup, menu: PublishedMenu, chosen: Set<String>, error: String?
    ) -> Group {
        Group(
            groupId: group.id, groupName: group.name, rule: group.rule, min: group.min, max: group.max,
            isRadio: group.min == 1 && group.max == 1, groupError: error,
            options: group.options.map { option in
                Option(
                    optionId: option.id, optionName: option.name, optionPriceMinor: option.priceMinor,
                    delta: option.priceMinor == 0 ? nil : "+" + menu.money(option.priceMinor).formatted,
                    isChecked: chosen.contains(option.id), isUnavailable: !option.available)
            })
    }
}

extension ModifierGroup {
    /// `choose 1`, `up to 3`, `choose 1 to 2`, `optional`.
    var rule: String {
        switch (min, max) {
        case (0, 1): "optional"
        case (0, _): "up to \(max)"
        case (max, _): "choose \(max)"
        default: "choose \(min) to \(max)"
        }
    }
}
