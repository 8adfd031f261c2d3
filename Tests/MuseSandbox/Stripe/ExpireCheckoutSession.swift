/// Ends open sessions: on request, or because their time has come.
struct ExpireCheckoutSession: Sendable {
    func callAsFunction(_ id: String, for origin: StripeEvent.Origin?, in state: inout StripeState) throws(StripeError)
        -> CheckoutSession
    {
        let session = try state.session(id)
        guard session.status == .open else {
            throw .state(
                "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status "
                    + "of `\(session.status.rawValue)`.", param: "session")
        }
        state.sessions.update(id) { $0.status = .expired }
        state.open.remove(id)
        let expired = try state.session(id)
        try state.emit("checkout.session.expired", expired.object, origin: origin)
        return expired
    }

    /// Expires what is due. Cheap when nothing is.
    func due(in state: inout StripeState) throws(StripeError) {
        let now = state.now
        guard now >= state.nextExpiry else { return }
        state.nextExpiry = .max
        for id in state.open {
            guard let session = state.sessions[id] else {
                state.open.remove(id)
                continue
            }
            if session.expiresAt <= now {
                _ = try callAsFunction(id, for: nil, in: &state)
            } else {
                state.nextExpiry = min(state.nextExpiry, session.expiresAt)
            }
        }
    }
}
