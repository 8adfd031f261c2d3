/// Decodes the fields below one prefix of a form.
///
/// Hummingbird's decoder wants `name[]` for lists and fails on empty numbers; browsers repeat the plain name and send
/// every field, filled or not.
struct FormDecoder: Decoder {
    let fields: FormFields
    /// The name of the field this decoder stands for; members are below it, after a dot.
    let prefix: String
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(FormMembers<Key>(decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        FormList(values: fields.all(prefix).filter { !$0.isEmpty }, codingPath: codingPath)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        FormValue(text: fields.first(prefix), codingPath: codingPath)
    }

    func child(_ key: any CodingKey) -> FormDecoder {
        FormDecoder(
            fields: fields,
            prefix: prefix.isEmpty ? key.stringValue : "\(prefix).\(key.stringValue)",
            codingPath: codingPath + [key]
        )
    }

    /// Whether the field, or one below it, was sent with something in it.
    var isFilled: Bool {
        fields.pairs.contains { pair in
            !pair.value.isEmpty && (pair.name == prefix || pair.name.hasPrefix(prefix + "."))
        }
    }
}

private struct FormMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: FormDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    var allKeys: [Key] {
        let start = decoder.prefix.isEmpty ? "" : decoder.prefix + "."
        var seen: Set<String> = []
        return decoder.fields.names.filter { $0.hasPrefix(start) }.compactMap { name in
            let key = name.dropFirst(start.count).split(separator: ".").first.map(String.init) ?? ""
            return seen.insert(key).inserted ? Key(stringValue: key) : nil
        }
    }

    func contains(_ key: Key) -> Bool { decoder.child(key).isFilled }
    func decodeNil(forKey key: Key) throws -> Bool { !contains(key) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try Value(from: decoder.child(key))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try decoder.child(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder.child(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { decoder.child(key) }
}

private struct FormIndex: CodingKey {
    let index: Int
    var stringValue: String { String(index) }
    var intValue: Int? { index }

    init(_ index: Int) { self.index = index }
    init?(stringValue: String) { nil }
    init?(intValue: Int) { index = intValue }
}

private struct FormList: UnkeyedDecodingContainer {
    let values: [String]
    let codingPath: [any CodingKey]
    var currentIndex = 0
    var count: Int? { values.count }
    var isAtEnd: Bool { currentIndex >= values.count }

    mutating func decodeNil() throws -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let path = codingPath + [FormIndex(currentIndex)]
        guard currentIndex < values.count else {
            throw DecodingError.valueNotFound(type, .init(codingPath: path, debugDescription: "The list ended."))
        }
        let fields = FormFields(pairs: [.init(name: "", value: values[currentIndex])])
        currentIndex += 1
        return try Value(from: FormDecoder(fields: fields, prefix: "", codingPath: path))
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { throw flat }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw flat }
    mutating func superDecoder() throws -> any Decoder { throw flat }

    private var flat: DecodingError {
        .dataCorrupted(.init(codingPath: codingPath, debugDescription: "A form's list holds plain values."))
    }
}

/// One field as text, number or switch.
private struct FormValue: SingleValueDecodingContainer {
    let text: String?
    let codingPath: [any CodingKey]

    func decodeNil() -> Bool { text?.isEmpty ?? true }
    func decode(_ type: String.Type) throws -> String { try required(type) }

    /// A checkbox sends `on`, and nothing at all when it is not ticked.
    func decode(_ type: Bool.Type) throws -> Bool {
        switch text?.lowercased() {
        case "on", "true", "yes", "1": return true
        case nil, "", "off", "false", "no", "0": return false
        default: throw mismatch(type)
        }
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let number = type as? any LosslessStringConvertible.Type {
            guard let value = number.init(try required(type).trimmingPrefix(" ").description) as? Value else {
                throw mismatch(type)
            }
            return value
        }
        return try Value(from: FormDecoder(fields: FormFields(pairs: []), prefix: "", codingPath: codingPath))
    }

    private func required(_ type: Any.Type) throws -> String {
        guard let text else {
            throw DecodingError.valueNotFound(type, .init(codingPath: codingPath, debugDescription: "Not sent."))
        }
        return text
    }

    private func mismatch(_ type: Any.Type) -> DecodingError {
        .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "Not of this kind."))
    }
}
