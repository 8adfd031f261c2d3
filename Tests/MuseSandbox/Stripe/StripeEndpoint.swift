/// What one URL of the API takes and does.
struct StripeEndpoint: Sendable {
    let shape: ParameterShape
    /// Paths that `expand[]` may name.
    var expandable: [String] = []
    let run: @Sendable (StripeCall, StripeLedger) throws(StripeError) -> JSON

    /// Refuses what the endpoint doesn't know, before anything is changed.
    func check(_ call: StripeCall) throws(StripeError) {
        try shape.check(call.form)
        for path in call.expansions where !expandable.contains(path) {
            throw .invalid("This property cannot be expanded (\(path)).", "expand")
        }
    }

    static func reading(
        _ parameters: [String: ParameterShape] = [:], expandable: [String] = [],
        _ body: @escaping @Sendable (StripeCall, StripeState) throws(StripeError) -> JSON
    ) -> StripeEndpoint {
        let shape = ParameterShape.fields(parameters.merging(["expand": .expand]) { known, _ in known })
        return StripeEndpoint(shape: shape, expandable: expandable) { call, ledger throws(StripeError) in
            try ledger.read { state throws(StripeError) in
                ObjectExpansion(state: state).apply(call.expansions, to: try body(call, state))
            }
        }
    }

    static func changing(
        _ shape: ParameterShape, expandable: [String] = [],
        _ body: @escaping @Sendable (StripeCall, inout StripeState) throws(StripeError) -> JSON
    ) -> StripeEndpoint {
        StripeEndpoint(shape: shape, expandable: expandable) { call, ledger throws(StripeError) in
            try ledger.change { state throws(StripeError) in
                // What is due by now is expired before anybody can act on it.
                try ExpireCheckoutSession().due(in: &state)
                let object = try body(call, &state)
                return ObjectExpansion(state: state).apply(call.expansions, to: object)
            }
        }
    }
}
