import Testing

/// A trap is a crash that a guest can cause; SQL outside repositories is a rule that nobody finds.
@Suite struct DangerTests {
    @Test(arguments: ProjectFile.sources)
    func `nothing traps on purpose`(file: ProjectFile) {
        let code = SwiftText.codeOnly(file.text)
        let traps = /\b(fatalError|preconditionFailure|precondition|assertionFailure)\s*\(|\btry!|\bas!/
        #expect(SwiftText.lines(of: code, matching: traps) == [])
        #expect(SwiftText.lines(of: code, matching: /[\w)\]>]!(?![=\w])/) == [], "an optional is unwrapped by force")
    }

    @Test(arguments: ProjectFile.sources.filter { !$0.name.contains("Repository") })
    func `SQL stands in repositories and migrations only`(file: ProjectFile) {
        let statement = /"\s*(SELECT|INSERT INTO|INSERT OR|UPDATE \w+ SET|DELETE FROM|WITH \w+ AS|CREATE TABLE)\b/
        #expect(SwiftText.lines(of: SwiftText.withoutComments(file.text), matching: statement) == [])
    }

    @Test(arguments: ProjectFile.sources + ProjectFile.tests)
    func `comments hold no dead code, promises or licences`(file: ProjectFile) {
        #expect(SwiftText.lines(of: file.text, matching: /\/\/.*\b(TODO|FIXME|XXX|HACK)\b|\/\/.*Copyright/) == [])
        #expect(SwiftText.lines(of: file.text, matching: /^\s*\/\/ ?(let|var|return|if|guard|for) .*[={(]\s*$/) == [])
    }

    @Test func `the rules themselves can find what they look for`() {
        let bad = "let a = b!\nlet c = try! d()\nlet e = f as! G // \"x!\"\nlet g = !h && i != j"
        #expect(SwiftText.lines(of: SwiftText.codeOnly(bad), matching: /[\w)\]>]!(?![=\w])/).count == 3)
        #expect(SwiftText.codeOnly("let a = \"b!\" // c!") == "let a = \"\" ")
        #expect(SwiftText.codeOnly("let a = \"http://b\"; c!") == "let a = \"\"; c!")
    }
}
