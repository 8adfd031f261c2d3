import MuseTestSupport
import Testing

@testable import MuseShared

/// A menu that somebody edits, and what guests see of it.
struct MenuDesk: Sendable {
    let cafe: TemporaryDatabase
    static let soup = MenuRef(.item, CafeFixture.soup)

    static func open() async throws -> MenuDesk {
        MenuDesk(cafe: try await TemporaryDatabase.cafe())
    }

    @discardableResult
    func edit(
        _ ref: MenuRef = soup, _ values: [String: DifferenceValue], isNew: Bool = false, seen: String? = nil,
        live: Bool = false
    ) async throws(EditMenu.Refusal) -> EditMenu.Saved {
        try await EditMenu(database: cafe.database)(
            EditMenu.Request(
                subject: ref, edits: [ref: values], new: isNew ? [ref] : [], seen: seen, goesLive: live,
                staffID: CafeFixture.barista))
    }

    @discardableResult
    func publish(
        only: Set<MenuRef>? = nil, seen: String? = nil
    ) async throws(PublishMenu.Refusal) -> PublishMenu.Published {
        try await PublishMenu(database: cafe.database)(
            PublishMenu.Request(only: only, seen: seen, staffID: CafeFixture.barista))
    }

    @discardableResult
    func revert(to number: Int64, seen: String? = nil) async throws(RevertMenu.Refusal) -> PublishMenu.Published {
        try await RevertMenu(database: cafe.database)(
            RevertMenu.Request(number: number, seen: seen, staffID: CafeFixture.barista))
    }

    func newItem(_ id: String, groups: [String] = []) async throws {
        let view = try both().live
        let fields = ItemDraft.blank(category: "kitchen", in: view).taking([
            "name": .text("Eggs on toast"), "priceMinor": .number(850), "groupIds": .texts(groups),
        ])
        try await edit(MenuRef(.item, id), fields, isNew: true)
    }

    func both() throws -> (live: EditedMenu, draft: MenuDraft) {
        try MenuContentRepository(database: cafe.database).both()
    }

    func guest() throws -> PublishedMenu { try MenuRepository(database: cafe.database).published() }
    func version() throws -> Int64 { try CacheVersionRepository(database: cafe.database).current(.menu) }

    func logged(_ action: String) throws -> [String] {
        try cafe.database.read {
            try $0.rows("SELECT difference FROM action_log WHERE action = \(action)").map { try $0.text("difference") }
        }
    }
}

struct DraftTests {
    @Test func `an edit waits in the draft, and guests see nothing of it`() async throws {
        let desk = try await MenuDesk.open()
        let before = try desk.version()
        try await desk.edit(MenuDesk.soup, ["priceMinor": .number(1100)])
        #expect(try desk.guest().item(CafeFixture.soup)?.priceMinor == 950)
        #expect(try desk.version() == before)
        #expect(try desk.both().draft.changes.refs == [MenuDesk.soup])
        #expect(try desk.logged("menu.draft_changed").count == 1)
    }

    @Test func `publishing makes all of it live in one step of the version, with a version to go back to`() async throws
    {
        let desk = try await MenuDesk.open()
        let before = try desk.version()
        try await desk.edit(MenuDesk.soup, ["priceMinor": .number(1100)])
        try await desk.newItem("eggs", groups: ["milk"])
        let published = try await desk.publish()
        #expect(published.count == 2)
        #expect(try desk.version() == before + 1)
        #expect(try desk.guest().item(CafeFixture.soup)?.priceMinor == 1100)
        #expect(try desk.guest().item("eggs")?.modifierGroups.map(\.id) == ["milk"])
        #expect(try desk.both().draft.isEmpty)
        #expect(
            try desk.logged("menu.published").first?.contains(#""item.soup.priceMinor":{"from":950,"to":1100}"#) == true
        )
    }

    @Test func `an earlier menu comes back as a version of its own, and what was new is archived`() async throws {
        let desk = try await MenuDesk.open()
        try await desk.edit(MenuDesk.soup, ["priceMinor": .number(1100)])
        try await desk.newItem("eggs")
        try await desk.publish()
        let back = try await desk.revert(to: 0)
        #expect(back.number == 2)
        #expect(try desk.guest().item(CafeFixture.soup)?.priceMinor == 950)
        #expect(try desk.guest().item("eggs") == nil)
        let again = try await desk.revert(to: 1)
        #expect(again.number == 3)
        #expect(try desk.guest().item("eggs")?.priceMinor == 850)
    }

    @Test func `counts and what is sold out are set back by neither`() async throws {
        let desk = try await MenuDesk.open()
        try await desk.edit(MenuDesk.soup, ["priceMinor": .number(1100)])
        try await desk.cafe.database.write {
            _ = try StockRepository.setCount(1, of: CafeFixture.soup, staffID: nil, in: $0)
        }
        _ = try await MarkSoldOut(database: desk.cafe.database)(
            .init(.item(CafeFixture.croissant), .soldOut(.whenSaid), staffID: CafeFixture.barista))
        try await desk.publish()
        try await desk.revert(to: 0)
        #expect(try desk.guest().item(CafeFixture.soup)?.kitchen.stockCount == 1)
        #expect(try desk.guest().item(CafeFixture.croissant)?.available == false)
    }

    @Test func `one thing is published without the rest`() async throws {
        let desk = try await MenuDesk.open()
        try await desk.edit(MenuDesk.soup, ["priceMinor": .number(1100)])
        try await desk.edit(MenuRef(.item, CafeFixture.croissant), ["priceMinor": .number(400)])
        try await desk.publish(only: [MenuDesk.soup])
        #expect(try desk.guest().item(CafeFixture.soup)?.priceMinor == 1100)
        #expect(try desk.guest().item(CafeFixture.croissant)?.priceMinor == 325)
        #expect(try desk.both().draft.changes.refs == [MenuRef(.item, CafeFixture.croissant)])
    }

    @Test func `a price that was fixed live meanwhile is told, and somebody has to choose`() async throws {
        let desk = try await MenuDesk.open()
        try await desk.edit(MenuDesk.soup, ["priceMinor": .number(1100)])
        try await desk.edit(MenuDesk.soup, ["priceMinor": .number(1000)], live: true)
        await #expect(throws: PublishMenu.Refusal.self) { try await desk.publish() }
        #expect(try desk.guest().item(CafeFixture.soup)?.priceMinor == 1000)
        try await SettleDraft(database: desk.cafe.database)(
            .init(ref: MenuDesk.soup, field: "priceMinor", choice: .draft, staffID: CafeFixture.barista))
        try await desk.publish()
        #expect(try desk.guest().item(CafeFixture.soup)?.priceMinor == 1100)
    }

    @Test func `what somebody looked at is what is published, or nothing is`() async throws {
        let desk = try await MenuDesk.open()
        try await desk.edit(MenuDesk.soup, ["priceMinor": .number(1100)])
        let seen = try desk.both()
        let word = try seen.draft.fingerprint(on: seen.live)
        try await desk.edit(MenuDesk.soup, ["name": .text("Leek soup")])
        await #expect(throws: PublishMenu.Refusal.self) { try await desk.publish(seen: word) }
        let now = try desk.both()
        try await desk.publish(seen: try now.draft.fingerprint(on: now.live))
        #expect(try desk.guest().item(CafeFixture.soup)?.name == "Leek soup")
    }

    @Test func `a required choice without options is not shown to guests`() async throws {
        let desk = try await MenuDesk.open()
        let group = MenuRef(.group, "bread")
        try await desk.edit(group, ["name": .text("Bread"), "min": .number(1), "max": .number(1)], isNew: true)
        try await desk.newItem("eggs", groups: ["bread"])
        await #expect(throws: PublishMenu.Refusal.self) { try await desk.publish() }
        try await desk.edit(MenuRef(.option, "rye"), ["groupId": .text("bread"), "name": .text("Rye")], isNew: true)
        try await desk.publish()
        #expect(try desk.guest().item("eggs")?.modifierGroups.first?.options.map(\.name) == ["Rye"])
    }

    @Test func `two who edit one thing do not overwrite each other without a word`() async throws {
        let desk = try await MenuDesk.open()
        let seen = try desk.both().live.fingerprint(of: MenuRef(.category, "kitchen"))
        try await desk.edit(MenuRef(.category, "kitchen"), ["name": .text("Plates")], seen: seen)
        await #expect(throws: EditMenu.Refusal.self) {
            try await desk.edit(MenuRef(.category, "kitchen"), ["name": .text("Bowls")], seen: seen)
        }
    }

    @Test func `an order of the list is the draft's, and a list that changed meanwhile is refused`() async throws {
        let desk = try await MenuDesk.open()
        let arrange = ArrangeMenu(database: desk.cafe.database)
        let moved = try await arrange(.move(MenuRef(.item, "water"), by: -3), staffID: CafeFixture.barista)
        #expect(moved == ["water", "croissant", "soup", "cake"])
        await #expect(throws: ArrangeMenu.Refusal.self) {
            try await arrange(.order(.item, ids: ["soup", "cake"]), staffID: CafeFixture.barista)
        }
        try await desk.publish()
        #expect(try desk.guest().menu.categories.last?.items.map(\.id) == moved)
    }

    @Test func `what is moved away and back again leaves nothing in the draft`() async throws {
        let desk = try await MenuDesk.open()
        let arrange = ArrangeMenu(database: desk.cafe.database)
        for steps in [-1, 1] {
            _ = try await arrange(.move(MenuRef(.item, "water"), by: steps), staffID: CafeFixture.barista)
        }
        #expect(try desk.both().draft.isEmpty)
    }

    @Test func `an archived category takes its items off the menu, and brings them back`() async throws {
        let desk = try await MenuDesk.open()
        let kitchen = MenuRef(.category, "kitchen")
        try await desk.edit(kitchen, ["isArchived": .flag(true)])
        try await desk.publish()
        #expect(try desk.guest().item(CafeFixture.soup) == nil)
        try await desk.edit(kitchen, ["isArchived": .flag(false)])
        try await desk.publish()
        #expect(try desk.guest().item(CafeFixture.soup) != nil)
    }

    @Test func `the preview is the menu that publishing makes, and leaves no trace`() async throws {
        let desk = try await MenuDesk.open()
        try await desk.newItem("eggs")
        try await desk.edit(MenuDesk.soup, ["priceMinor": .number(1100)])
        let before = try desk.version()
        let preview = try await PreviewMenu(
            database: desk.cafe.database, menu: MenuRepository(database: desk.cafe.database))()
        #expect(preview.item("eggs")?.priceMinor == 850)
        #expect(preview.item(CafeFixture.soup)?.priceMinor == 1100)
        #expect(try desk.version() == before)
        #expect(try desk.guest().item("eggs") == nil)
        #expect(try desk.guest().item(CafeFixture.soup)?.priceMinor == 950)
    }

    @Test func `a preview's link opens for two hours, and no other does`() throws {
        let url = try #require(Origin("http://localhost:8080"))
        let links = PreviewLinks(secrets: [Secret("a secret of tests")], customerURL: url)
        let now = Timestamp(unixSeconds: 1_795_453_200)
        let link = try #require(links.link(now: now)).url
        let parts = link.split(separator: "?")[1].split(separator: "&").map { String($0.split(separator: "=")[1]) }
        #expect(links.opens(until: parts[0], code: parts[1], now: now))
        #expect(!links.opens(until: parts[0], code: parts[1], now: now.adding(seconds: 7201)))
        #expect(!links.opens(until: "1795460401", code: parts[1], now: now))
        #expect(!links.opens(until: parts[0], code: String(parts[1].reversed()), now: now))
        #expect(
            !PreviewLinks(secrets: [Secret("another")], customerURL: url).opens(
                until: parts[0], code: parts[1], now: now))
    }
}
