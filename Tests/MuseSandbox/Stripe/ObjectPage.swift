/// One page of a list endpoint: newest first, moved by the ids at its edges.
struct ObjectPage<Element: Sendable> {
    let call: StripeCall
    let url: String
    let store: BoundedStore<Element>

    func list(
        where matches: @escaping (Element) -> Bool = { _ in true }, created: @escaping (Element) -> Int64,
        object: (Element) -> JSON
    ) throws(StripeError) -> JSON {
        let parameters = call.parameters
        let limit = Int(try parameters.integer("limit", atLeast: 1) ?? 10)
        guard limit <= 100 else {
            throw .invalid("This value must be less than or equal to 100 (it currently is '\(limit)').", "limit")
        }
        let window = try window(parameters)
        let older = try cursor("starting_after", parameters)
        let newer = try cursor("ending_before", parameters)
        if older != nil, newer != nil {
            throw .invalid("You cannot use both starting_after and ending_before.", "ending_before")
        }
        func fits(_ element: Element) -> Bool { window.contains(created(element)) && matches(element) }
        // One more than asked for tells whether there is another page.
        var found: [Element]
        if let newer {
            found = Array(store.oldest(newerThan: newer).lazy.filter(fits).prefix(limit + 1))
        } else {
            found = Array(store.newest(olderThan: older).lazy.filter(fits).prefix(limit + 1))
        }
        let hasMore = found.count > limit
        found = Array(found.prefix(limit))
        if newer != nil { found.reverse() }
        return [
            "object": "list", "url": .string(url), "has_more": .bool(hasMore), "data": .array(found.map(object)),
        ]
    }

    private func cursor(_ name: String, _ parameters: StripeParameters) throws(StripeError) -> String? {
        guard let id = try parameters.text(name) else { return nil }
        guard store[id] != nil else {
            throw .noSuch("object", id, param: name, status: 400)
        }
        return id
    }

    private func window(_ parameters: StripeParameters) throws(StripeError) -> Range<Int64> {
        if let exact = try parameters.integer("created") { return exact..<(exact == .max ? exact : exact + 1) }
        guard let range = parameters.child("created") else { return 0..<Int64.max }
        var lower: Int64 = 0
        var upper = Int64.max
        if let value = try range.integer("gte") { lower = max(lower, value) }
        if let value = try range.integer("gt") { lower = max(lower, value == .max ? value : value + 1) }
        if let value = try range.integer("lt") { upper = min(upper, value) }
        if let value = try range.integer("lte") { upper = min(upper, value == .max ? value : value + 1) }
        return lower..<max(lower, upper)
    }
}
