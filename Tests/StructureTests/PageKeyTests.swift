import Testing

/// A misspelt name in a template shows nothing and says nothing, so names are compared both ways.
@Suite struct PageKeyTests {
    /// Given to every page by the renderer and shown by the layouts.
    private static let fromRenderer: Set = ["site", "title", "flash", "staff"]

    @Test func `every page has its template`() {
        #expect(PageValue.all.count >= 10)
        #expect(PageValue.all.filter { !TemplateKeys.exists($0.template) }.map(\.name) == [])
    }

    /// Sections that are drawn already and wait for their feature to give them a value.
    private static let waiting: Set = ["code", "tonight"]

    @Test(arguments: PageValue.all)
    func `a template asks only for what its page gives`(page: PageValue) {
        #expect(Self.askedInVain(page).subtracting(Self.waiting).sorted() == [])
    }

    @Test func `what waits for its feature is still waiting`() {
        let inVain = PageValue.all.reduce(into: Set<String>()) { $0.formUnion(Self.askedInVain($1)) }
        #expect(Self.waiting.subtracting(inVain).sorted() == [])
    }

    private static func askedInVain(_ page: PageValue) -> Set<String> {
        let given = page.members.union(PageValue.members(of: "SiteFrame")).union(PageValue.members(of: "StaffFrame"))
            .union(fromRenderer)
        let asked = TemplateKeys.of(page.template, absent: waiting)
        return Set(asked.flatMap { $0.split(separator: ".").map(String.init) }).subtracting(given)
    }

    @Test(arguments: PageValue.all)
    func `a page gives only what its template shows`(page: PageValue) {
        let parts = Set(TemplateKeys.of(page.template).flatMap { $0.split(separator: ".").map(String.init) })
        #expect(page.ownMembers.subtracting(parts).subtracting(Self.fromRenderer).sorted() == [])
    }

    @Test func `the guest's layout asks only for what its frame gives`() {
        let pages = Set(PageValue.all.flatMap { TemplateKeys.of($0.template) }).union(TemplateKeys.of("site-layout"))
        let asked = Set(
            pages.filter { $0.hasPrefix("site.") }.flatMap { $0.split(separator: ".").dropFirst().map(String.init) })
        let given = PageValue.members(of: "SiteFrame")
        #expect(!asked.isEmpty && !given.isEmpty)
        #expect(asked.subtracting(given).sorted() == [])
    }
}
