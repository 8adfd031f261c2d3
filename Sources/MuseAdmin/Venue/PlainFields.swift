import Hummingbird
import MuseShared

extension Request {
    /// A form, or a JSON object of plain values read as one: settings have the same names in both.
    func plainFields(_ context: StaffContext) async throws -> FormFields {
        if isForm { return try await formFields(context) }
        let values = try await input([String: PlainValue].self, context)
        return FormFields(pairs: values.map { FormFields.Pair(name: $0.key, value: $0.value.text) })
    }
}

extension FormFields {
    /// A misspelt name must not look like something that was saved.
    /// - Throws: 422 naming each field that is not one of `known`.
    func refuseOthers(than known: [String]) throws(Problem) {
        let others = names.filter { !known.contains($0) }
        guard others.isEmpty else { throw .invalid(others.map { FieldError($0, "There is no such field.") }) }
    }
}

/// A text, number, truth or list of them in a JSON object, read as a form would bring it.
struct PlainValue: Decodable, Sendable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.text = text
        } else if let flag = try? container.decode(Bool.self) {
            text = flag ? "true" : "false"
        } else if let list = try? container.decode([PlainValue].self) {
            text = list.map(\.text).joined(separator: ", ")
        } else {
            text = String(try container.decode(Int64.self))
        }
    }
}
