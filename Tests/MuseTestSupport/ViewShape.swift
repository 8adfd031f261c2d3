@testable import MuseShared

/// Which members a view has, put together from values that show each of them at least once.
public struct ViewShape {
    var members: [String: ViewShape] = [:]
    /// What a list's elements look like; empty while no element was seen.
    var element: [ViewShape] = []
    /// Nil in at least one of the values.
    var isOptional = false
    /// Something in at least one of the values.
    var isSeen = false

    /// The shape of values as the renderer gives them to a template.
    public init(_ values: [any Encodable]) throws {
        for value in values { merge(ViewShape(plain: try ViewTree.make(value))) }
    }

    init() {}

    init(plain: any Sendable) {
        if plain is ViewNothing {
            isOptional = true
            return
        }
        isSeen = true
        if let object = plain as? [String: any Sendable] {
            members = object.mapValues(ViewShape.init(plain:))
        } else if let list = plain as? [any Sendable] {
            isSeen = !list.isEmpty
            for value in list {
                if element.isEmpty {
                    element = [ViewShape(plain: value)]
                } else {
                    element[0].merge(ViewShape(plain: value))
                }
            }
        }
    }

    mutating func merge(_ other: ViewShape) {
        isOptional = isOptional || other.isOptional
        isSeen = isSeen || other.isSeen
        for (name, shape) in other.members { members[name, default: ViewShape()].merge(shape) }
        guard let theirs = other.element.first else { return }
        if element.isEmpty { element = [theirs] } else { element[0].merge(theirs) }
    }

    subscript(path: [String]) -> ViewShape? {
        guard let name = path.first else { return self }
        return members[name]?[Array(path.dropFirst())]
    }

    /// Where a sample differs: members that no value has, and members that every value has and the sample has not.
    public func differences(from sample: any Encodable) throws -> [String] {
        differences(fromPlain: try ViewTree.make(sample), at: "")
    }

    private func differences(fromPlain plain: any Sendable, at path: String) -> [String] {
        if let object = plain as? [String: any Sendable] {
            let unknown = object.keys.filter { members[$0] == nil }.map { "\(path).\($0) is in no value" }
            let missing = members.filter { object[$0.key] == nil && !$0.value.isOptional }.keys
                .map { "\(path).\($0) is missing" }
            let inside = object.flatMap { name, value in
                members[name]?.differences(fromPlain: value, at: "\(path).\(name)") ?? []
            }
            return (unknown + missing + inside).sorted()
        }
        guard let list = plain as? [any Sendable], let shape = element.first else { return [] }
        return list.flatMap { shape.differences(fromPlain: $0, at: "\(path)[]") }
    }
}
