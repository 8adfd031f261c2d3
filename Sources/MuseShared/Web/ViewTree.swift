import Mustache

/// A page's value as the template engine reads it fastest: dictionaries, lists and leaves.
///
/// The engine would otherwise reflect over every struct for every name it looks up. And where an optional is nil it
/// would go on searching the values around it, so that an item without a photo showed the photo of its category: here
/// a nil member is present, and empty.
enum ViewTree {
    static func make(_ value: some Encodable) throws -> [String: any Sendable] {
        let encoder = ViewEncoder(codingPath: [])
        try value.encode(to: encoder)
        guard case .members(let members) = encoder.node.kind else {
            throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "A page is an object."))
        }
        return members.mapValues(\.plain)
    }
}

/// A member that is nil: nothing to show, and a section over it is not shown.
struct ViewNothing: MustacheCustomRenderable, Sendable {
    var renderText: String { "" }
    var isNull: Bool { true }
}

/// A value under construction.
final class ViewNode {
    enum Kind {
        case nothing
        case leaf(any Sendable)
        case list([ViewNode])
        case members([String: ViewNode])
    }

    var kind: Kind = .nothing

    func member(_ name: String) -> ViewNode {
        let node = ViewNode()
        set(name, node)
        return node
    }

    func set(_ name: String, _ node: ViewNode) {
        if case .members(var members) = kind {
            kind = .nothing
            members[name] = node
            kind = .members(members)
        } else {
            kind = .members([name: node])
        }
    }

    func element() -> ViewNode {
        let node = ViewNode()
        if case .list(var nodes) = kind {
            kind = .nothing
            nodes.append(node)
            kind = .list(nodes)
        } else {
            kind = .list([node])
        }
        return node
    }

    var plain: any Sendable {
        switch kind {
        case .nothing: ViewNothing()
        case .leaf(let value): value
        case .list(let nodes): nodes.map(\.plain)
        case .members(let members): members.mapValues(\.plain)
        }
    }
}
