import Foundation

/// A form body nested by brackets, as Stripe takes it: `line_items[0][price_data][currency]=usd`.
enum FormTree: Sendable, Hashable {
    case value(String)
    indirect case branch([String: FormTree])

    static let empty = FormTree.branch([:])

    struct Malformed: Error {}

    /// Deeper nesting or more pairs than Stripe has any use for are refused before they cost anything.
    private static let deepest = 8
    private static let mostPairs = 20_000

    init(parsing body: String) throws(Malformed) {
        var root = FormTree.empty
        let pairs = body.split(separator: "&")
        guard pairs.count <= Self.mostPairs else { throw Malformed() }
        for pair in pairs {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = halves.first, let key = Self.decode(first) else { throw Malformed() }
            guard let value = Self.decode(halves.dropFirst().first ?? "") else { throw Malformed() }
            root.insert(value, at: try Self.components(of: key)[...])
        }
        self = root
    }

    subscript(key: String) -> FormTree? {
        if case .branch(let children) = self { children[key] } else { nil }
    }

    /// The children of a list, in the order of their indices, or nil if some key is no index.
    var elements: [(index: Int, node: FormTree)]? {
        guard case .branch(let children) = self else { return nil }
        var found: [(index: Int, node: FormTree)] = []
        for (key, node) in children {
            guard let index = Int(key), index >= 0 else { return nil }
            found.append((index, node))
        }
        return found.sorted { $0.index < $1.index }
    }

    private static func decode(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }

    private static func components(of key: String) throws(Malformed) -> [String] {
        guard let bracket = key.firstIndex(of: "[") else { return [key] }
        guard bracket != key.startIndex, key.hasSuffix("]") else { throw Malformed() }
        let inner = key[key.index(after: bracket)...].dropLast()
        let parts = [String(key[..<bracket])] + inner.components(separatedBy: "][")
        guard parts.count <= deepest else { throw Malformed() }
        return parts
    }

    private mutating func insert(_ value: String, at path: ArraySlice<String>) {
        guard let head = path.first else {
            self = .value(value)
            return
        }
        let rest = path.dropFirst()
        var children: [String: FormTree] = [:]
        if case .branch(let present) = self { children = present }
        // Released before the change, so that the dictionary is not copied for every pair.
        self = .empty
        let key = head.isEmpty ? Self.nextIndex(in: children, for: rest) : head
        children[key, default: .empty].insert(value, at: rest)
        self = .branch(children)
    }

    /// `a[][b]=1&a[][c]=2` is one element and `a[][b]=1&a[][b]=2` are two.
    private static func nextIndex(in children: [String: FormTree], for rest: ArraySlice<String>) -> String {
        let last = String(children.count - 1)
        guard !rest.isEmpty, let node = children[last], !node.holds(rest) else { return String(children.count) }
        return last
    }

    private func holds(_ path: ArraySlice<String>) -> Bool {
        guard let head = path.first else { return true }
        return self[head]?.holds(path.dropFirst()) ?? false
    }
}
