import Foundation
import Testing

/// The names that a page's value gives to its template, read from the source: stored members of the type and of every
/// type they lead to.
struct PageValue: Sendable, CustomTestStringConvertible {
    let name: String
    let template: String
    let members: Set<String>
    /// Those that types of the page's own file declare; a type shared with other pages may hold more than one shows.
    let ownMembers: Set<String>

    var testDescription: String { name }

    /// What the frame of every page brings and the layouts show.
    static let frames: Set = ["SiteFrame", "StaffFrame"]

    static let all: [PageValue] = types.compactMap { type in
        guard let template = type.body.firstMatch(of: /static let template = "([\w\/-]+)"/) else { return nil }
        return PageValue(
            name: type.name, template: String(template.output.1), members: members(reachedFrom: type),
            ownMembers: members(reachedFrom: type, inFile: type.file))
    }

    struct TypeSource: Sendable {
        let name: String
        let file: String
        let body: String
    }

    static let types: [TypeSource] = ProjectFile.sources.flatMap { file in
        let text = SwiftText.withoutComments(file.text)
        return text.matches(of: /\bstruct (\w+)[^{\n]*\{/).map { match in
            TypeSource(name: String(match.output.1), file: file.path, body: body(of: text[match.range.upperBound...]))
        }
    }

    /// The text up to the brace that closes what was opened just before it.
    private static func body(of text: Substring) -> String {
        var depth = 1
        let end = text.indices.first { index in
            depth += text[index] == "{" ? 1 : text[index] == "}" ? -1 : 0
            return depth == 0
        }
        return String(text[..<(end ?? text.endIndex)])
    }

    static func members(of name: String) -> Set<String> {
        types.first { $0.name == name }.map { members(reachedFrom: $0) } ?? []
    }

    private static func members(reachedFrom first: TypeSource, inFile file: String? = nil) -> Set<String> {
        var found: Set<String> = []
        var seen: Set<String> = []
        var waiting = [first]
        while let type = waiting.popLast() {
            guard seen.insert("\(type.file) \(type.name)").inserted else { continue }
            for (name, kind) in stored(in: type) {
                found.insert(name)
                waiting += kind.matches(of: /[A-Z][\w.]+/).compactMap { resolve($0.output, from: type) }
                    .filter { file == nil || $0.file == file }
            }
        }
        return found
    }

    /// A type of the same file is meant before one of the same name elsewhere; `Outer.Inner` is in the file of `Outer`.
    private static func resolve(_ name: Substring, from type: TypeSource) -> TypeSource? {
        let parts = name.split(separator: ".").map(String.init)
        guard let last = parts.last, !frames.contains(last) else { return nil }
        if parts.count > 1, let outer = resolve(Substring(parts[0]), from: type) {
            return types.first { $0.name == last && $0.file == outer.file }
        }
        let named = types.filter { $0.name == last }
        return named.first { $0.file == type.file } ?? named.first { $0.file.hasSuffix("/\(last).swift") }
            ?? (named.count == 1 ? named[0] : nil)
    }

    /// Stored members at the top level of a body, with the text of their types.
    private static func stored(in type: TypeSource) -> [(name: String, kind: String)] {
        var depth = 0
        return type.body.split(separator: "\n").compactMap { line in
            defer { depth += line.filter { $0 == "{" }.count - line.filter { $0 == "}" }.count }
            guard depth == 0,
                let match = line.firstMatch(of: /^\s*(?:public )?(?:let|var) `?(\w+)`?(?:: ([^={]+))?(?: = [^{]*)?\s*$/)
            else { return nil }
            return (String(match.output.1), match.output.2.map(String.init) ?? "")
        }
    }
}
