import Foundation

/// A part of a Mustache template that names keys, partials or blocks; text is left out.
indirect enum TemplatePart {
    /// A key by its path; empty for the value itself.
    case value([String])
    case section([String], isInverted: Bool, [TemplatePart])
    case partial(String)
    case parent(String, blocks: [String: [TemplatePart]])
    case block(String, [TemplatePart])
}

/// Reads templates as far as their keys go.
struct TemplateSyntax {
    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    private var tags: ArraySlice<Substring>

    static func parts(of text: String) throws -> [TemplatePart] {
        let tags = text.matches(of: /\{\{\{?([^{}]+)\}?\}\}/).map(\.1)
        var syntax = TemplateSyntax(tags: tags[...])
        return try syntax.parts(until: nil)
    }

    private mutating func parts(until name: String?) throws -> [TemplatePart] {
        var parts: [TemplatePart] = []
        while let tag = tags.popFirst() {
            let word = tag.dropFirst().trimmingCharacters(in: .whitespaces)
            switch tag.first {
            case "/":
                guard word == name else { throw Unreadable(description: "/\(word) closes \(name ?? "nothing")") }
                return parts
            case "#", "^": parts += try section(word, isInverted: tag.first == "^")
            case ">": parts.append(.partial(word))
            case "<": parts.append(try parent(word))
            case "$": parts.append(.block(word, try self.parts(until: word)))
            case "!", "%": break
            case "&": parts.append(.value(Self.path(word)))
            default: parts.append(.value(Self.path(tag.trimmingCharacters(in: .whitespaces))))
            }
        }
        guard name == nil else { throw Unreadable(description: "nothing closes \(name ?? "")") }
        return parts
    }

    /// `{{^last()}}` asks where a loop is, not for a key.
    private mutating func section(_ word: String, isInverted: Bool) throws -> [TemplatePart] {
        let inner = try parts(until: word)
        return word.hasSuffix("()") ? inner : [.section(Self.path(word), isInverted: isInverted, inner)]
    }

    private mutating func parent(_ word: String) throws -> TemplatePart {
        var blocks: [String: [TemplatePart]] = [:]
        for case .block(let name, let inner) in try parts(until: word) { blocks[name] = inner }
        return .parent(word, blocks: blocks)
    }

    private static func path(_ word: String) -> [String] {
        word == "." ? [] : word.split(separator: ".").map(String.init)
    }
}
