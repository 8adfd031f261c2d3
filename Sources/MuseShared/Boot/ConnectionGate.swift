import Synchronization

/// Counts open connections, so that no single address can take all of them.
final class ConnectionGate: Sendable {
    private struct State {
        var total = 0
        var byAddress: [NetworkAddress: Int] = [:]
    }

    private let limits: ConnectionLimits
    private let findClient: FindClientAddress
    private let state = Mutex(State())

    init(limits: ConnectionLimits, findClient: FindClientAddress) {
        self.limits = limits
        self.findClient = findClient
    }

    /// Whether one more connection from `address` may stay. Each true is answered by one call of ``leave(_:)``.
    func enter(_ address: NetworkAddress) -> Bool {
        let key = address.limited
        let isExempt = findClient.isTrusted(address)
        return state.withLock { state in
            let own = state.byAddress[key] ?? 0
            guard state.total < limits.total, isExempt || own < limits.perAddress else { return false }
            state.total += 1
            state.byAddress[key] = own + 1
            return true
        }
    }

    func leave(_ address: NetworkAddress) {
        let key = address.limited
        state.withLock { state in
            state.total -= 1
            let own = (state.byAddress[key] ?? 0) - 1
            state.byAddress[key] = own > 0 ? own : nil
        }
    }
}
