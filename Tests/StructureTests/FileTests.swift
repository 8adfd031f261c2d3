import Foundation
import Testing

/// Files are small, do one thing, and say it in their names.
@Suite struct FileTests {
    private static let all = ProjectFile.sources + ProjectFile.tests

    @Test func `no Swift file is longer than 300 lines, and half of them have at most 80`() {
        let lengths = Self.all.map(\.lineCount).sorted()
        #expect(lengths.count > 100)
        #expect(Self.all.filter { $0.lineCount > 300 }.map { "\($0.path): \($0.lineCount)" } == [])
        #expect(lengths[lengths.count / 2] <= 80)
        #expect(lengths[lengths.count * 9 / 10] <= 200)
    }

    @Test func `no function is longer than 60 lines`() {
        let long = Self.all.flatMap { file in
            Self.functions(of: file).filter { $0.length > 60 }.map { "\(file.path):\($0.line)" }
        }
        #expect(long == [])
    }

    @Test func `no name is a drawer for anything`() {
        let banned = /(Manager|Helper|Util|Common|Misc|Service|Base)s?$/
        let types = /\b(?:struct|class|enum|actor|protocol|typealias)\s+`?([A-Z]\w*)/
        let files = Self.all.map { $0.name.prefix { $0 != "." } }.filter {
            $0.firstMatch(of: banned) != nil || $0.contains("+")
        }
        let named = Self.all.flatMap { file in
            SwiftText.codeOnly(file.text).matches(of: types).map(\.output.1)
                .filter { $0.firstMatch(of: banned) != nil }.map { "\(file.path): \($0)" }
        }
        #expect(files == [])
        #expect(named == [])
    }

    @Test func `no two files of a target share a name`() {
        let keys = Self.all.map { file in file.folders.prefix(2).joined(separator: "/") + "/" + file.name }
        let repeated = Dictionary(grouping: keys) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
        #expect(repeated == [])
    }

    @Test func `templates end at 120 lines and scripts at 150`() {
        #expect(!ProjectFile.templates.isEmpty && !ProjectFile.scripts.isEmpty)
        #expect(ProjectFile.templates.filter { $0.lineCount > 120 }.map(\.path) == [])
        #expect(ProjectFile.scripts.filter { $0.lineCount > 150 }.map(\.path) == [])
    }

    @Test func `templates, styles and scripts are named in kebab-case`() {
        let files = ProjectFile.templates + ProjectFile.scripts + ProjectFile.all(in: "Sources", suffix: ".css")
        let odd = files.map(\.name).filter {
            $0.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*(\.(html|txt))?\.(mustache|js|css)/) == nil
        }
        #expect(odd == [])
    }

    /// Where functions begin and how many lines they have, told by the brace in the column of the declaration.
    private static func functions(of file: ProjectFile) -> [(line: Int, length: Int)] {
        let lines = SwiftText.codeOnly(file.text).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.indices.compactMap { start in
            guard lines[start].firstMatch(of: /^ *(?:@?\w+(?:\(\w+\))? )*(?:func |init[(?<])/) != nil else {
                return nil
            }
            let indent = lines[start].prefix { $0 == " " }
            // A one-line body or a requirement of a protocol ends before the next line of the same depth.
            let end = lines[start...].dropFirst().firstIndex { line in
                line.hasPrefix(indent) && line.dropFirst(indent.count).first.map { $0 != " " && $0 != ")" } == true
            }
            guard let end, lines[end].trimmingCharacters(in: .whitespaces) == "}" else { return nil }
            return (start + 1, end - start + 1)
        }
    }
}
