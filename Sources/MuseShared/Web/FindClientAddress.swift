/// Finds who a request comes from: the peer of the socket, unless that is one of our own proxies.
struct FindClientAddress: Sendable {
    let trustedProxies: [AddressRange]

    func isTrusted(_ address: NetworkAddress) -> Bool {
        trustedProxies.contains { $0.contains(address) }
    }

    /// Reads `X-Forwarded-For` from the right, since only the entries our own proxies appended can be believed.
    ///
    /// The first entry that is no trusted proxy is the client. An entry that is no address ends the walk at the
    /// proxy that passed it on.
    func callAsFunction(peer: NetworkAddress, forwardedFor: @autoclosure () -> [String]) -> NetworkAddress {
        guard !trustedProxies.isEmpty, isTrusted(peer) else { return peer }
        var client = peer
        for entry in forwardedFor().flatMap({ $0.split(separator: ",") }).reversed() {
            guard let address = Self.address(in: entry) else { return client }
            client = address
            if !isTrusted(address) { return client }
        }
        return client
    }

    /// Some proxies add a port: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
    private static func address(in entry: Substring) -> NetworkAddress? {
        let text = entry.filter { $0 != " " && $0 != "\t" }
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            return NetworkAddress(text[text.index(after: text.startIndex)..<end])
        }
        if text.filter({ $0 == ":" }).count == 1, let colon = text.firstIndex(of: ":") {
            return NetworkAddress(text[..<colon])
        }
        return NetworkAddress(text)
    }
}
