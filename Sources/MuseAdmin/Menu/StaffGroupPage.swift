import MuseShared

/// The editor of a modifier group with its options, new or old.
struct StaffGroupPage: Page {
    static let template = "menu/staff-group-page"

    struct Row: Encodable, Sendable {
        let optionId: String
        let optionName: String
        let optionPrice: String
        let optionMost: String
        let rowName: String
        let isNew: Bool
        let nameError: String?
        let priceError: String?
    }

    struct Use: Encodable, Sendable {
        let useHref: String
        let useName: String
    }

    struct Content {
        let nav: MenuNav
        /// Nil: a new one.
        let id: String?
        /// With the draft.
        let menu: EditedMenu
        let revision: String?
        let currency: Currency
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
    let minValue: String
    let minError: String?
    let maxValue: String
    let maxError: String?
    let currency: String
    let options: [Row]
    let isOld: Bool
    let isArchived: Bool
    let isUsed: Bool
    let uses: [Use]
    let usesWords: String

    init(_ content: Content, staff: StaffFrame) {
        self.staff = staff
        nav = content.nav
        let group = content.id.flatMap { content.menu[MenuRef(.group, $0)] }
        problem = content.problem.map { FormProblem($0, ids: ["options": "new-1"]) }
        heading = group?.name ?? "New choices"
        title = heading
        action = "/api/menu/groups" + (content.id.map { "/\($0)" } ?? "")
        revision = content.revision
        nameValue = content.typed?.first("name") ?? group?.name ?? ""
        nameError = content.problem?.message(of: "name")
        minValue = content.typed?.first("min") ?? String(group?.number("min") ?? 0)
        minError = content.problem?.message(of: "min")
        maxValue = content.typed?.first("max") ?? String(group?.number("max") ?? 1)
        maxError = content.problem?.message(of: "max")
        currency = content.currency.words
        options = Self.rows(content)
        isOld = group != nil
        isArchived = group?.isArchived ?? false
        uses = (content.id.map { content.menu.items(usingGroup: $0) } ?? []).map {
            Use(useHref: Paths.item($0.ref.id), useName: $0.entity.name)
        }
        isUsed = !uses.isEmpty
        usesWords =
            uses.count == 1
            ? "1 item has these choices; it changes with them."
            : "\(uses.count) items share these choices; all change with them."
    }

    /// What was typed, or what is there and a few empty rows.
    private static func rows(_ content: Content) -> [Row] {
        if let typed = content.typed {
            return typed.all("option").enumerated().map { place, id in
                Row(
                    optionId: id, optionName: typed.first("name.\(id)") ?? "",
                    optionPrice: typed.first("priceMinor.\(id)") ?? "",
                    optionMost: typed.first("maxQuantity.\(id)") ?? "1",
                    rowName: label(typed.first("name.\(id)") ?? "", place), isNew: id.hasPrefix(OptionRow.newPrefix),
                    nameError: content.problem?.message(of: "name.\(id)"),
                    priceError: content.problem?.message(of: "priceMinor.\(id)"))
            }
        }
        let old = (content.id.map { content.menu.options(ofGroup: $0) } ?? []).enumerated().map { place, option in
            Row(
                optionId: option.ref.id, optionName: option.entity.name,
                optionPrice: Money(minor: option.entity.number("priceMinor"), currency: content.currency).decimal,
                optionMost: String(option.entity.number("maxQuantity")), rowName: label(option.entity.name, place),
                isNew: false, nameError: nil, priceError: nil)
        }
        return old
            + (1...OptionRow.blank).map { number in
                Row(
                    optionId: "\(OptionRow.newPrefix)\(number)", optionName: "", optionPrice: "", optionMost: "1",
                    rowName: "new option \(number)", isNew: true, nameError: nil, priceError: nil)
            }
    }

    private static func label(_ name: String, _ place: Int) -> String {
        name.isEmpty ? "option \(place + 1)" : name
    }
}
