/// One field that staff can edit: how it is called, what it holds, what it begins with.
///
/// Drafts, differences, versions, refusals and the words of the review all follow from ``all``.
public struct MenuField: Sendable {
    public enum Form: Sendable {
        /// Characters, from and to.
        case line(ClosedRange<Int>)
        case text(ClosedRange<Int>)
        case money
        case number(ClosedRange<Int64>)
        case flag
        case words([String])
        case choice([String])
        case one(MenuKind)
        case many(MenuKind)
        case taxClass
        /// Where it stands among its siblings.
        case place
    }

    /// As JSON and the log call it.
    public let name: String
    public let label: String
    public let form: Form
    let initial: DifferenceValue

    public static func all(_ kind: MenuKind) -> [MenuField] {
        switch kind {
        case .category: categories
        case .group: groups
        case .option: options
        case .item: items
        }
    }

    private static let categories = [
        MenuField(name: "name", label: "Name", form: .line(1...90), initial: .text("")),
        MenuField(name: "description", label: "Description", form: .text(0...300), initial: .text("")),
        MenuField(name: "drawing", label: "Drawing", form: .choice(MenuWords.drawings), initial: .text("cup")),
        place, archived,
    ]

    private static let groups = [
        MenuField(name: "name", label: "Name", form: .line(1...90), initial: .text("")),
        MenuField(name: "min", label: "Choose at least", form: .number(0...50), initial: .number(0)),
        MenuField(name: "max", label: "Choose at most", form: .number(1...50), initial: .number(1)),
        archived,
    ]

    private static let options = [
        MenuField(name: "groupId", label: "Group", form: .one(.group), initial: .text("")),
        MenuField(name: "name", label: "Name", form: .line(1...90), initial: .text("")),
        MenuField(name: "priceMinor", label: "Adds", form: .money, initial: .number(0)),
        MenuField(name: "maxQuantity", label: "At most", form: .number(1...20), initial: .number(1)),
        place, archived,
    ]

    private static let items = [
        MenuField(name: "categoryId", label: "Category", form: .one(.category), initial: .text("")),
        MenuField(name: "name", label: "Name", form: .line(1...90), initial: .text("")),
        MenuField(name: "description", label: "Description", form: .text(0...500), initial: .text("")),
        MenuField(name: "priceMinor", label: "Price", form: .money, initial: .number(0)),
        MenuField(name: "taxClassId", label: "Taxed as", form: .taxClass, initial: .text("")),
        MenuField(name: "drawing", label: "Drawing", form: .choice([""] + MenuWords.drawings), initial: .text("")),
        MenuField(name: "dietary", label: "Dietary", form: .words(MenuWords.dietary), initial: .texts([])),
        MenuField(name: "allergens", label: "Contains", form: .words(MenuWords.allergens), initial: .texts([])),
        MenuField(name: "prepSeconds", label: "Work in seconds", form: .number(0...14_400), initial: .number(60)),
        MenuField(name: "station", label: "Station", form: .choice(MenuWords.stations), initial: .text("bar")),
        MenuField(name: "groupIds", label: "Choices", form: .many(.group), initial: .texts([])),
        place, archived,
    ]

    private static let place = MenuField(name: "position", label: "Place", form: .place, initial: .number(0))
    private static let archived = MenuField(name: "isArchived", label: "Archived", form: .flag, initial: .flag(false))

    /// Why it can't hold the value, as a sentence.
    func problem(_ value: DifferenceValue) -> String? {
        switch (form, value) {
        case (.line(let range), .text(let text)), (.text(let range), .text(let text)):
            if text.isEmpty, range.lowerBound > 0 { return "This needs a name." }
            return range.contains(text.count) ? nil : "At most \(range.upperBound) characters."
        case (.money, .number(let amount)):
            return ItemChange.prices.contains(amount) ? nil : "A price is between nothing and a million."
        case (.number(let range), .number(let number)):
            return range.contains(number) ? nil : "This is between \(range.lowerBound) and \(range.upperBound)."
        case (.words(let known), .texts(let words)):
            return words.first { !known.contains($0) }.map {
                "“\($0.prefix(40))” is not one of: \(known.joined(separator: ", "))."
            }
        case (.choice(let known), .text(let word)):
            return known.contains(word)
                ? nil : "This is one of: \(known.filter { !$0.isEmpty }.joined(separator: ", "))."
        case (.many, .texts(let ids)):
            return Set(ids).count == ids.count ? nil : "Each can be there once."
        case (.place, .number(let place)):
            return (-1_000_000...1_000_000).contains(place) ? nil : "There is no such place."
        case (.flag, .flag), (.one, .text), (.taxClass, .text):
            return nil
        default:
            return "This is of another kind."
        }
    }
}
