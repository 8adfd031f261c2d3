import MuseShared

/// The modifier groups: what guests can choose, and where.
struct StaffGroupsPage: Page {
    static let template = "menu/staff-groups-page"

    struct Row: Encodable, Sendable {
        let groupHref: String
        let groupName: String
        let rule: String
        let optionWords: String
        let usedWords: String
    }

    let title = "Choices"
    let staff: StaffFrame
    let nav: MenuNav
    let hasGroups: Bool
    let groups: [Row]
    let hasArchived: Bool
    let archived: [Row]

    init(_ menu: EditedMenu, nav: MenuNav, currency: Currency, staff: StaffFrame) {
        self.staff = staff
        self.nav = nav
        groups = Self.rows(menu.all(.group), menu, currency)
        hasGroups = !groups.isEmpty
        archived = Self.rows(menu.all(.group, archived: true), menu, currency)
        hasArchived = !archived.isEmpty
    }

    private static func rows(
        _ groups: [(ref: MenuRef, entity: MenuEntity)], _ menu: EditedMenu, _ currency: Currency
    ) -> [Row] {
        groups.sorted { ($0.entity.name, $0.ref.id) < ($1.entity.name, $1.ref.id) }.map { ref, group in
            let used = menu.items(usingGroup: ref.id).count
            return Row(
                groupHref: Paths.group(ref.id), groupName: group.name, rule: GroupRule.words(group),
                optionWords: GroupRule.options(of: ref.id, in: menu, currency),
                usedWords: used == 0 ? "no item" : used == 1 ? "1 item" : "\(used) items")
        }
    }
}

/// How a modifier group reads in a line.
enum GroupRule {
    /// `choose 1`, `up to 3`, `1 to 2`.
    static func words(_ group: MenuEntity) -> String {
        let (min, max) = (group.number("min"), group.number("max"))
        return min == max ? "choose \(min)" : min == 0 ? "up to \(max)" : "\(min) to \(max)"
    }

    static func options(of id: String, in menu: EditedMenu, _ currency: Currency) -> String {
        let names = menu.options(ofGroup: id).map { _, option in
            let price = option.number("priceMinor")
            return option.name + (price == 0 ? "" : " +" + Money(minor: price, currency: currency).formatted)
        }
        return names.isEmpty ? "no options yet" : names.joined(separator: ", ")
    }
}
