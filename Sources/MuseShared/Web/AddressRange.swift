/// Addresses that share a prefix, written `10.0.0.0/8` or `fd00::/8`; without a length it is one address.
public struct AddressRange: Sendable, Hashable {
    private let network: NetworkAddress
    private let length: Int

    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = NetworkAddress(first) else { return nil }
        let offset = address.isV4 ? 96 : 0
        guard parts.count == 2, let last = parts.last else {
            self.init(address: address, length: 128)
            return
        }
        guard let bits = Int(last), (0...(128 - offset)).contains(bits) else { return nil }
        self.init(address: address, length: bits + offset)
    }

    private init(address: NetworkAddress, length: Int) {
        self.length = length
        network = Self.masked(address, length)
    }

    public func contains(_ address: NetworkAddress) -> Bool {
        Self.masked(address, length) == network
    }

    private static func masked(_ address: NetworkAddress, _ length: Int) -> NetworkAddress {
        NetworkAddress(
            high: address.high & mask(min(length, 64)),
            low: address.low & mask(max(length - 64, 0))
        )
    }

    private static func mask(_ bits: Int) -> UInt64 {
        bits == 0 ? 0 : UInt64.max << UInt64(64 - bits)
    }
}
