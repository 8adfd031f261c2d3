import MuseTestSupport
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct StaffTemplatesTests {
    /// Checks a page's values, its template and its samples against each other.
    private func check<Value: Page>(_ values: [Value], except exceptions: Set<String> = []) throws {
        let shape = try ViewShape(values)
        let findings = try TemplateCheck(program: "MuseAdmin").findings(Value.template, shape, except: exceptions)
        #expect(findings == [])
        let differences = try SampleFolder(program: "MuseAdmin").differences(Value.template, from: shape)
        #expect(differences == [])
    }

    @Test func `the board shows what it is given and is given what it shows`() async throws {
        try check(try await StaffPageValues.open().boards())
    }

    @Test func `the kitchen's ticket shows what it is given and is given what it shows`() async throws {
        try check(try await StaffPageValues.open().kitchenTickets())
    }

    @Test func `the menu shows what it is given and is given what it shows`() async throws {
        try check(try await StaffPageValues.open().menus())
    }

    @Test func `the 86 board shows what it is given and is given what it shows`() async throws {
        try check(try await StaffPageValues.open().soldOutBoards())
    }

    @Test func `the pages of the menu's parts show what they are given and are given what they show`() async throws {
        let values = try await StaffPageValues.open()
        try await values.edit()
        try check(try values.categories())
        try check(try values.groupLists())
        try check(try values.groups())
        try check(try values.arrangements())
    }

    @Test func `the draft and the history show what they are given and are given what they show`() async throws {
        let values = try await StaffPageValues.open()
        try await values.edit()
        try check(try values.publishing())
        try check(try values.histories())
        // The card of a change is the draft's: a version of the past has no author, remark or clash beside a line.
        try check(
            try values.versions(),
            except: Set(
                ["cards[]", "way[]"].flatMap { list in ["by", "remark", "lines[].clash"].map { "\(list).\($0)" } }))
    }

    @Test func `stock and its history show what they are given and are given what they show`() async throws {
        let stocks = try await StaffPageValues.open().stocks()
        try check(stocks.lists)
        try check(stocks.items)
    }

    @Test func `hours show what they are given and are given what they show`() async throws {
        try check(try await StaffPageValues.open().hours())
    }

    @Test func `an item's editor shows what it is given and is given what it shows`() async throws {
        try check(try await StaffPageValues.open().items())
    }

    @Test func `the photo of an item shows what it is given and is given what it shows`() async throws {
        try check(try await StaffPageValues.open().photos())
    }

    @Test func `the hours show what they are given and are given what they show`() async throws {
        try check(try await StaffPageValues.open().venues())
    }

    @Test func `the tables show what they are given and are given what they show`() async throws {
        let values = try await StaffPageValues.open()
        try check(try values.tableLists())
        try check(try values.tableCards())
    }

    @Test func `the list of orders shows what it is given and is given what it shows`() async throws {
        try check(try await StaffPageValues.open().orderLists())
    }

    @Test func `an order's page shows what it is given and is given what it shows`() async throws {
        try check(try await StaffPageValues.open().orders())
    }

    @Test func `refunding shows what it is given and is given what it shows`() async throws {
        try check(try await StaffPageValues.open().refunds())
    }

    @Test func `the dashboard shows what it is given and is given what it shows`() async throws {
        try check(try await StaffPageValues.open().dashboards())
    }

    @Test func `the promo codes show what they are given and are given what they show`() async throws {
        try check(try await StaffPageValues.open().promoCodes())
    }

    @Test func `a promo code's editor shows what it is given and is given what it shows`() async throws {
        try check(try await StaffPageValues.open().promoCodeEditors())
    }

    @Test func `signing in shows what it is given and is given what it shows`() async throws {
        // Nobody is signed in there, and the second factor is still to come.
        try check(try await StaffPageValues.open().signIns(), except: ["staff", "code"])
    }

    @Test func `every page template has a sample, and every sample a template`() throws {
        let names = try TemplateCheck(program: "MuseAdmin").names
        let samples = Set(try SampleFolder(program: "MuseAdmin").samples.map(\.template))
        let pages = names.filter { $0.hasSuffix("-page") && $0 != GalleryPage.template }
        #expect(samples.isSuperset(of: pages))
        #expect(samples.subtracting(pages).allSatisfy { $0.hasPrefix("emails/") })
    }
}
