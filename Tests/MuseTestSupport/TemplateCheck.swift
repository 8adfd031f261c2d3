@testable import MuseShared

/// Holds a template against the shape of its page's values, key by key, in both directions.
public struct TemplateCheck {
    private struct Scope {
        let shape: ViewShape
        let path: String
    }

    private let templates: [String: [TemplatePart]]

    public init(program: String) throws {
        templates = try SiteFiles.templates(in: TemplateFolders.source(of: program)).mapValues(
            TemplateSyntax.parts(of:))
    }

    public var names: Set<String> { Set(templates.keys) }

    /// What doesn't fit, in sentences: a key that nobody gives, a member that nobody shows, a section no value reaches,
    /// and an exception that is not needed.
    /// - Parameter exceptions: paths such as `lines[].photo` that may stay unexplained.
    public func findings(_ template: String, _ shape: ViewShape, except exceptions: Set<String> = []) -> [String] {
        var walk = Walk(templates: templates)
        let scopes = [Scope(shape: Self.given, path: "~"), Scope(shape: shape, path: "")]
        walk.follow(templates[template] ?? [], scopes, [:])
        if templates[template] == nil { walk.found["(none)"] = "there is no template \(template)" }
        walk.noteUnused(shape, at: "")
        let unneeded = exceptions.subtracting(walk.found.keys).map { "the exception \($0) is not needed" }
        return (walk.found.filter { !exceptions.contains($0.key) }.values + unneeded).sorted()
    }

    /// What the renderer adds to every page.
    private static var given: ViewShape {
        let flash: [String: any Sendable] = ["kind": "success", "text": "", "message": "", "isProblem": false]
        return ViewShape(
            plain: ["flash": flash, "path": "/", "requestID": "", "page": ["title": ""]] as [String: any Sendable])
    }

    private struct Walk {
        let templates: [String: [TemplatePart]]
        var used: Set<String> = []
        /// By path, so that what is found twice is told once.
        var found: [String: String] = [:]

        mutating func follow(_ parts: [TemplatePart], _ scopes: [Scope], _ blocks: [String: [TemplatePart]]) {
            for part in parts {
                switch part {
                case .value(let path): _ = find(path, scopes)
                case .section(let path, let isInverted, let inner):
                    section(path, isInverted, inner, scopes, blocks)
                case .partial(let name): follow(templates[name] ?? [], scopes, blocks)
                case .parent(let name, let inner):
                    follow(templates[name] ?? [], scopes, inner.merging(blocks) { _, outer in outer })
                case .block(let name, let ordinary):
                    var others = blocks
                    others[name] = nil
                    follow(blocks[name] ?? ordinary, scopes, others)
                }
            }
        }

        private mutating func section(
            _ path: [String], _ isInverted: Bool, _ inner: [TemplatePart], _ scopes: [Scope],
            _ blocks: [String: [TemplatePart]]
        ) {
            let target = find(path, scopes)
            if isInverted { return follow(inner, scopes, blocks) }
            guard let scope = target else { return }
            guard scope.shape.isSeen else {
                found[scope.path] = "\(scope.path) is never there, so nobody checks its section"
                return
            }
            let isList = !scope.shape.element.isEmpty
            let next = isList ? Scope(shape: scope.shape.element[0], path: scope.path + "[]") : scope
            follow(inner, scopes + [next], blocks)
        }

        /// The innermost value that has the key, as the engine looks for it.
        private mutating func find(_ path: [String], _ scopes: [Scope]) -> Scope? {
            for scope in scopes.reversed() {
                guard let shape = scope.shape[path] else { continue }
                for length in 0...path.count {
                    used.insert(([scope.path] + path.prefix(length)).filter { !$0.isEmpty }.joined(separator: "."))
                }
                let full = ([scope.path] + path).filter { !$0.isEmpty }.joined(separator: ".")
                return Scope(shape: shape, path: full)
            }
            let place = scopes.last { !$0.shape.members.isEmpty }?.path ?? ""
            let full = ([place] + path).filter { !$0.isEmpty }.joined(separator: ".")
            found[full] = "the template shows \(full), which no value has"
            return nil
        }

        mutating func noteUnused(_ shape: ViewShape, at path: String) {
            for (name, member) in shape.members {
                let full = path.isEmpty ? name : "\(path).\(name)"
                guard used.contains(full) else {
                    found[full] = "nobody shows \(full)"
                    continue
                }
                noteUnused(member, at: full)
                if let element = member.element.first { noteUnused(element, at: full + "[]") }
            }
        }
    }
}
