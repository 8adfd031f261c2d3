import MuseShared

/// The 86 board: everything a guest can choose, each with one button to take it off the menu or put it back.
struct SoldOutBoardPage: Page {
    static let template = "menu/sold-out-board-page"

    struct Section: Encodable, Sendable {
        let anchor: String
        let sectionName: String
        let hoursHref: String?
        let rows: [Row]
    }

    struct Row: Encodable, Sendable {
        let rowId: String
        let subjectName: String
        let stateWord: String
        let tone: String
        let stateNote: String?
        let action: String
        let isGone: Bool
        let links: [Link]
    }

    struct Link: Encodable, Sendable {
        let linkHref: String
        let linkLabel: String
    }

    struct Content {
        let menu: PublishedMenu
        let venue: Venue
        let now: Timestamp
        let showsOnlyGone: Bool
        let mayEditHours: Bool
    }

    let title = "86 board"
    let staff: StaffFrame
    let summary: String
    let showsOnlyGone: Bool
    /// What one tap means: `until Tue 24 Nov, 7:30 AM`.
    let untilWords: String
    let hasSections: Bool
    let sections: [Section]

    init(_ content: Content, staff: StaffFrame) {
        self.staff = staff
        showsOnlyGone = content.showsOnlyGone
        let zone = content.venue.timeZone
        let opening = SoldOutReturn.nextOpening.moment(now: content.now, schedule: content.venue.schedule)
        untilWords = opening.map { "until \(zone.dayAndTime($0))" } ?? "until you put it back"
        let all = Self.itemSections(content) + Self.optionSections(content)
        let gone = all.flatMap(\.rows).filter(\.isGone).count
        summary = gone == 0 ? "Nothing is sold out." : gone == 1 ? "1 is sold out." : "\(gone) are sold out."
        sections = all.compactMap { section in
            let rows = section.rows.filter { $0.isGone || !content.showsOnlyGone }
            return rows.isEmpty
                ? nil
                : Section(
                    anchor: section.anchor, sectionName: section.sectionName, hoursHref: section.hoursHref, rows: rows)
        }
        hasSections = !sections.isEmpty
    }

    private static func itemSections(_ content: Content) -> [Section] {
        content.menu.menu.categories.map { category in
            Section(
                anchor: "of-\(category.id)", sectionName: category.name,
                hoursHref: content.mayEditHours ? Paths.hours(.category(category.id)) : nil,
                rows: category.items.map { row($0, content) })
        }
    }

    private static func row(_ item: MenuItem, _ content: Content) -> Row {
        let left = item.kitchen.stockCount
        let isGone = item.kitchen.isSoldOut || left == 0
        let word = isGone ? (left == 0 ? "None left" : "Sold out") : left.map { "\($0) left" } ?? "Available"
        let until = item.serving.soldOut.returnsAt.map { "until \(content.venue.timeZone.dayAndTime($0))" }
        return Row(
            rowId: "item-\(item.id)", subjectName: item.name, stateWord: word, tone: isGone ? "danger" : "positive",
            stateNote: item.kitchen.isSoldOut ? until ?? "until you put it back" : item.servedWords,
            action: "/api/menu/items/\(item.id)/sold-out", isGone: isGone,
            links: links(item, content))
    }

    private static func links(_ item: MenuItem, _ content: Content) -> [Link] {
        let stock = Link(
            linkHref: Paths.itemStock(item.id),
            linkLabel: item.kitchen.stockCount == nil ? "Count it" : "Count and history")
        let hours = Link(linkHref: Paths.hours(.item(item.id)), linkLabel: "Hours")
        return content.mayEditHours ? [stock, hours] : [stock]
    }

    /// Each group once, however many items share it.
    private static func optionSections(_ content: Content) -> [Section] {
        var seen: Set<String> = []
        let groups = content.menu.menu.categories.flatMap(\.items).flatMap(\.modifierGroups)
            .filter { seen.insert($0.id).inserted }
        return groups.map { group in
            Section(
                anchor: "choice-\(group.id)", sectionName: group.name, hoursHref: nil,
                rows: group.options.map { option in
                    let until = option.returnsAt.map { "until \(content.venue.timeZone.dayAndTime($0))" }
                    return Row(
                        rowId: "option-\(option.id)", subjectName: option.name,
                        stateWord: option.available ? "Available" : "Sold out",
                        tone: option.available ? "positive" : "danger",
                        stateNote: option.available ? nil : until ?? "until you put it back",
                        action: "/api/menu/options/\(option.id)/sold-out", isGone: !option.available, links: [])
                })
        }
    }
}
