import Foundation

/// The names that a template asks for, with those of the partials it takes in, without those of its layout.
enum TemplateKeys {
    private static let texts = Dictionary(
        ProjectFile.templates.map { file in (name(of: file), file.text) }, uniquingKeysWith: { first, _ in first })

    /// `menu/item-page` for `Sources/MuseCustomer/Templates/menu/item-page.mustache`.
    static func name(of file: ProjectFile) -> String {
        let path = file.path.components(separatedBy: "/Templates/").last ?? file.path
        return String(path.dropLast(".mustache".count))
    }

    static func exists(_ template: String) -> Bool { texts[template] != nil }

    /// Names as they are written, `totals.rows` in one.
    /// - Parameter absent: sections of these names are never shown, so what stands inside them is not asked for.
    static func of(_ template: String, absent: Set<String> = []) -> Set<String> {
        var found: Set<String> = []
        var seen: Set<String> = []
        var waiting = [template]
        while let next = waiting.popLast() {
            guard seen.insert(next).inserted, let whole = texts[next] else { continue }
            let text = absent.reduce(whole) { text, name in without(section: name, text) }
            for match in text.matches(of: /\{\{(?<kind>[>#^&]?) ?(?<name>[\w.][\w.\/-]*)\}\}/) {
                let name = String(match.output.name)
                if match.output.kind == ">" { waiting.append(name) } else if name != "." { found.insert(name) }
            }
        }
        return found
    }

    private static func without(section name: String, _ text: String) -> String {
        var text = text
        while let start = text.range(of: "{{#\(name)}}"),
            let end = text.range(of: "{{/\(name)}}", range: start.upperBound..<text.endIndex)
        {
            text.replaceSubrange(start.lowerBound..<end.upperBound, with: "{{\(name)}}")
        }
        return text
    }
}
