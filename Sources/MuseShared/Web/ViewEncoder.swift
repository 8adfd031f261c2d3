/// Encodes a page's value into a ``ViewTree``.
struct ViewEncoder: Encoder {
    let node: ViewNode
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(node: ViewNode = ViewNode(), codingPath: [any CodingKey]) {
        self.node = node
        self.codingPath = codingPath
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .members = node.kind {} else { node.kind = .members([:]) }
        return KeyedEncodingContainer(ViewMembers<Key>(node: node, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .list = node.kind {} else { node.kind = .list([]) }
        return ViewList(node: node, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        ViewLeaf(node: node, codingPath: codingPath)
    }

    static func encode(_ value: some Encodable, into node: ViewNode, _ path: [any CodingKey]) throws {
        switch value {
        case let text as String: node.kind = .leaf(text)
        case let flag as Bool: node.kind = .leaf(flag)
        case let number as Int: node.kind = .leaf(number)
        case let number as Int64: node.kind = .leaf(number)
        default: try value.encode(to: ViewEncoder(node: node, codingPath: path))
        }
    }
}

private struct ViewMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: ViewNode
    let codingPath: [any CodingKey]

    mutating func encodeNil(forKey key: Key) throws { node.set(key.stringValue, ViewNode()) }

    mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        try ViewEncoder.encode(value, into: node.member(key.stringValue), codingPath + [key])
    }

    mutating func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }

    mutating func encodeIfPresent(_ value: String?, forKey key: Key) throws { try present(value, key) }
    mutating func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try present(value, key) }
    mutating func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try present(value, key) }
    mutating func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try present(value, key) }
    mutating func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try present(value, key) }

    private mutating func present(_ value: (some Encodable)?, _ key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        ViewEncoder(node: node.member(key.stringValue), codingPath: codingPath + [key]).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        ViewEncoder(node: node.member(key.stringValue), codingPath: codingPath + [key]).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { ViewEncoder(node: node, codingPath: codingPath) }

    mutating func superEncoder(forKey key: Key) -> any Encoder {
        ViewEncoder(node: node.member(key.stringValue), codingPath: codingPath + [key])
    }
}

private struct ViewList: UnkeyedEncodingContainer {
    let node: ViewNode
    let codingPath: [any CodingKey]
    private(set) var count = 0

    init(node: ViewNode, codingPath: [any CodingKey]) {
        self.node = node
        self.codingPath = codingPath
    }

    mutating func encodeNil() throws { _ = next() }

    mutating func encode<Value: Encodable>(_ value: Value) throws {
        try ViewEncoder.encode(value, into: next(), codingPath)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        ViewEncoder(node: next(), codingPath: codingPath).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        ViewEncoder(node: next(), codingPath: codingPath).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { ViewEncoder(node: next(), codingPath: codingPath) }

    private mutating func next() -> ViewNode {
        count += 1
        return node.element()
    }
}

/// Text, flags and whole numbers stay what they are; every other number is shown as Swift writes it.
private struct ViewLeaf: SingleValueEncodingContainer {
    let node: ViewNode
    let codingPath: [any CodingKey]

    mutating func encodeNil() throws { node.kind = .nothing }
    mutating func encode(_ value: String) throws { node.kind = .leaf(value) }
    mutating func encode(_ value: Bool) throws { node.kind = .leaf(value) }
    mutating func encode(_ value: Int) throws { node.kind = .leaf(value) }
    mutating func encode(_ value: Int8) throws { node.kind = .leaf(Int(value)) }
    mutating func encode(_ value: Int16) throws { node.kind = .leaf(Int(value)) }
    mutating func encode(_ value: Int32) throws { node.kind = .leaf(Int(value)) }
    mutating func encode(_ value: Int64) throws { node.kind = .leaf(value) }
    mutating func encode(_ value: UInt) throws { node.kind = .leaf(String(value)) }
    mutating func encode(_ value: UInt8) throws { node.kind = .leaf(Int(value)) }
    mutating func encode(_ value: UInt16) throws { node.kind = .leaf(Int(value)) }
    mutating func encode(_ value: UInt32) throws { node.kind = .leaf(String(value)) }
    mutating func encode(_ value: UInt64) throws { node.kind = .leaf(String(value)) }
    mutating func encode(_ value: Double) throws { node.kind = .leaf(String(value)) }
    mutating func encode(_ value: Float) throws { node.kind = .leaf(String(value)) }
    mutating func encode<Value: Encodable>(_ value: Value) throws {
        try ViewEncoder.encode(value, into: node, codingPath)
    }
}
