/// The parameters an endpoint knows; anything else is refused, as Stripe does.
indirect enum ParameterShape: Sendable {
    case value
    /// A free map of texts, such as metadata. The empty text clears it.
    case texts
    case fields([String: ParameterShape])
    case list(ParameterShape)
    /// A value, or a map of comparisons: `created=1` or `created[gte]=1`.
    case range

    static let expand = ParameterShape.list(.value)
    static let page: [String: ParameterShape] = [
        "limit": .value, "starting_after": .value, "ending_before": .value, "expand": .expand,
    ]

    func check(_ node: FormTree, at path: String = "") throws(StripeError) {
        switch (self, node) {
        case (.value, .value), (.range, .value), (.texts, .value("")):
            return
        case (.value, .branch):
            throw .invalid("Invalid string: {...}", path, code: "parameter_invalid_string")
        case (.texts, .branch(let children)):
            for (key, child) in children { try ParameterShape.value.check(child, at: "\(path)[\(key)]") }
        case (.range, .branch):
            let comparisons = ["gt", "gte", "lt", "lte"].map { ($0, ParameterShape.value) }
            try ParameterShape.fields(Dictionary(uniqueKeysWithValues: comparisons)).check(node, at: path)
        case (.fields(let known), .branch(let children)):
            for (key, child) in children.sorted(by: { $0.key < $1.key }) {
                let place = path.isEmpty ? key : "\(path)[\(key)]"
                guard let shape = known[key] else { throw .unknown(place) }
                try shape.check(child, at: place)
            }
        case (.list(let shape), .branch):
            guard let elements = node.elements else { throw .invalid("Invalid array", path) }
            for element in elements { try shape.check(element.node, at: "\(path)[\(element.index)]") }
        case (.list, .value):
            throw .invalid("Invalid array", path)
        case (.fields, .value), (.texts, .value):
            throw .invalid("Invalid object", path)
        }
    }
}
