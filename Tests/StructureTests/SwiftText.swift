import Foundation

/// Swift source without what people wrote in it for people.
enum SwiftText {
    /// The source with comments blanked out, line for line.
    static func withoutComments(_ text: String) -> String {
        text.replacing(/\/\*[\s\S]*?\*\//) { match in String(match.output.filter { $0 == "\n" }) }
            .replacing(/(?m)(^|[^:"\\])\/\/.*$/) { match in String(match.output.1) }
    }

    /// The source with comments and the contents of string literals blanked out, line for line.
    static func codeOnly(_ text: String) -> String {
        withoutComments(text)
            .replacing(/"""[\s\S]*?"""/) { match in "\"\"" + String(match.output.filter { $0 == "\n" }) }
            .replacing(/#"[^\n]*?"#/, with: "\"\"")
            .replacing(/"(?:\\.|[^"\\\n])*"/, with: "\"\"")
    }

    /// Line numbers and lines of `text` that hold a match.
    static func lines(of text: String, matching pattern: some RegexComponent) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { $0.element.firstMatch(of: pattern) != nil }
            .map { "line \($0.offset + 1): \($0.element.trimmingCharacters(in: .whitespaces))" }
    }
}
