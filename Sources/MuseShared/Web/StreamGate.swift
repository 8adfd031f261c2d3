import HTTPTypes
import Metrics
import Synchronization

/// Counts the open event streams of each client, as seen through our own proxies: there the limit on connections, which
/// knows only the proxy's address, holds nobody back.
final class StreamGate: Sendable {
    /// One open stream. It is given back when the stream ends, or when its response is dropped without having begun.
    final class Place: Sendable {
        private let gate: StreamGate
        private let address: NetworkAddress
        private let isTaken = Mutex(true)

        fileprivate init(gate: StreamGate, address: NetworkAddress) {
            self.gate = gate
            self.address = address
        }

        deinit { leave() }

        func leave() {
            let isLast = isTaken.withLock { taken in
                defer { taken = false }
                return taken
            }
            if isLast { gate.leave(address) }
        }
    }

    private struct State {
        var total = 0
        var byAddress: [NetworkAddress: Int] = [:]
    }

    private let perAddress: Int
    private let state = Mutex(State())
    private static let opened = Metrics.Gauge(label: "event_streams_open")
    private static let refused = Metrics.Counter(label: "event_streams_refused_total")

    init(perAddress: Int) {
        self.perAddress = perAddress
    }

    /// - Throws: 429 when the address has as many open as it may.
    func enter(_ client: NetworkAddress) throws(Problem) -> Place {
        let address = client.limited
        let total: Int? = state.withLock { state in
            let own = state.byAddress[address] ?? 0
            guard own < perAddress else { return nil }
            state.byAddress[address] = own + 1
            state.total += 1
            return state.total
        }
        guard let total else {
            Self.refused.increment()
            throw Problem(
                .tooManyRequests, "too-many-streams", title: "Too many pages are open here.",
                detail:
                    "At most \(perAddress) live pages may be open from one network. Close some, or reload now and then.",
                retryAfter: 30)
        }
        Self.opened.record(total)
        return Place(gate: self, address: address)
    }

    /// How many streams are open from an address.
    func count(_ client: NetworkAddress) -> Int { state.withLock { $0.byAddress[client.limited] ?? 0 } }

    private func leave(_ address: NetworkAddress) {
        let total = state.withLock { state in
            let left = (state.byAddress[address] ?? 0) - 1
            state.byAddress[address] = left > 0 ? left : nil
            state.total -= 1
            return state.total
        }
        Self.opened.record(total)
    }
}
