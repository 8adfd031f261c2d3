import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct CustomerTemplatesTests {
    /// Checks a page's values, its template and its samples against each other.
    private func check<Value: Page>(
        _ values: [Value], except exceptions: Set<String>
    ) throws {
        let shape = try ViewShape(values)
        let findings = try TemplateCheck(program: "MuseCustomer").findings(Value.template, shape, except: exceptions)
        #expect(findings == [])
        let differences = try SampleFolder(program: "MuseCustomer").differences(Value.template, from: shape)
        #expect(differences == [])
    }

    /// The pages whose heads write their title themselves; every page has one for the browser's tab.
    private let title: Set<String> = ["title"]

    @Test func `home shows what it is given and is given what it shows`() async throws {
        // The evening's event comes with the events.
        try check(try await CustomerPageValues.open().homes(), except: title.union(["tonight"]))
    }

    @Test func `the menu shows what it is given and is given what it shows`() async throws {
        try check(
            try await CustomerPageValues.open().menus(),
            except: title)
    }

    /// Photos come with the uploads; the heading says all of a refusal; the bar with the sum is the menu's.
    @Test func `an item shows what it is given and is given what it shows`() async throws {
        try check(
            try await CustomerPageValues.open().items(),
            except: title.union(["problem.text", "site.cart.countWords", "site.cart.total"]))
    }

    @Test func `the cart shows what it is given and is given what it shows`() async throws {
        // They are the menu's bar.
        try check(
            try await CustomerPageValues.open().carts(),
            except: title.union(["site.cart.countWords", "site.cart.total"]))
    }

    @Test func `checkout shows what it is given and is given what it shows`() async throws {
        try check(
            try await CustomerPageValues.open().checkouts(),
            except: title.union([
                "site.cart.countWords", "site.cart.total", "lines[].hasOptions",
                "lines[].options", "lines[].lineNote",
            ]))
    }

    @Test func `the order's page shows what it is given and is given what it shows`() async throws {
        try check(
            try await CustomerPageValues.open().orders(),
            except: ["lines[].optionWords", "site.cart.countWords", "site.cart.total"])
    }

    @Test func `the receipt shows what it is given and is given what it shows`() async throws {
        try check(try await CustomerPageValues.open().receipts(), except: ["lines[].optionWords"])
    }

    @Test func `the pickup board shows what it is given and is given what it shows`() async throws {
        try check(try await CustomerPageValues.open().pickups(), except: [])
    }

    @Test func `a table's page shows what it is given and is given what it shows`() async throws {
        try check(try await CustomerPageValues.open().tables(), except: [])
    }

    @Test func `the page of a problem shows what it is given and is given what it shows`() async throws {
        try check(try await CustomerPageValues.open().problems(), except: [])
    }

    @Test(arguments: EmailTemplate.allCases)
    func `a letter's two parts show between them what they are given`(_ template: EmailTemplate) async throws {
        let values = try #require(try await CustomerPageValues.open().letters()[template])
        let shape = try ViewShape(values)
        let check = try TemplateCheck(program: "MuseCustomer")
        for part in ["html", "txt"] {
            let findings = check.findings("emails/\(template.rawValue).\(part)", shape)
            // A part may leave out what the other says, but shows nothing that is not there.
            #expect(findings.filter { !$0.hasPrefix("nobody shows") } == [], "\(part)")
        }
        let differences = try SampleFolder(program: "MuseCustomer")
            .differences("emails/\(template.rawValue)", from: shape)
        #expect(differences == [])
    }

    @Test func `every page template and letter has a sample, and every sample a template`() throws {
        let names = try TemplateCheck(program: "MuseCustomer").names
        let samples = Set(try SampleFolder(program: "MuseCustomer").samples.map(\.template))
        let pages = names.filter { $0.hasSuffix("-page") && $0 != GalleryPage.template }
        let letters = Set(names.filter { $0.hasSuffix(".html") }.map { String($0.dropLast(5)) })
        #expect(samples == pages.union(letters))
    }

    @Test func `a misspelt key is found in the template, in the value and in the sample`() throws {
        struct Misspelt: Encodable {
            let headlin = "Order"
            let actions: [String] = []
        }
        let shape = try ViewShape([Misspelt()])
        let differences = try shape.differences(from: ["headline": "Order"])
        let findings = try TemplateCheck(program: "MuseCustomer").findings("problem-page", shape)
        #expect(findings.contains("nobody shows headlin"))
        #expect(findings.contains("the template shows happened, which no value has"))
        #expect(findings.contains { $0.hasPrefix("actions is never there") })
        #expect(differences.contains(".headline is in no value"))
        #expect(differences.contains(".headlin is missing"))
    }
}
