/// `expand[]`: replaces ids by the objects they name.
struct ObjectExpansion {
    let state: StripeState

    func apply(_ paths: [String], to object: JSON) -> JSON {
        paths.reduce(object) { expand($1.split(separator: ".").map(String.init)[...], of: $0) }
    }

    private func expand(_ steps: ArraySlice<String>, of value: JSON) -> JSON {
        guard let step = steps.first, var fields = value.fields else { return value }
        let rest = steps.dropFirst()
        if step == "data", let items = value["data"].items {
            fields[step] = .array(items.map { expand(rest, of: $0) })
        } else if step == "line_items", let session = state.sessions[value["id"].text ?? ""] {
            fields[step] = session.lineItems
        } else if let present = fields[step] {
            fields[step] = expand(rest, of: present.text.flatMap(object) ?? present)
        }
        return .object(fields)
    }

    private func object(_ id: String) -> JSON? {
        state.payments[id]?.object ?? state.charges[id]?.object
    }
}
