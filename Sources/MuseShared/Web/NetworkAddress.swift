import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
#if canImport(CNIOLinux)
// The members of C's socket addresses come from whichever module read the system's header first.
import CNIOLinux
#endif

/// An IPv4 or IPv6 address without a port. An IPv4 address equals its form mapped into IPv6.
public struct NetworkAddress: Sendable, Hashable {
    let high: UInt64
    let low: UInt64

    private static let mappedPrefix: UInt64 = 0xffff_0000_0000

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init(v4 address: UInt32) {
        high = 0
        low = Self.mappedPrefix | UInt64(address)
    }

    /// Nil for a Unix socket.
    init?(_ address: SocketAddress?) {
        switch address {
        case .v4(let v4): self.init(v4: UInt32(bigEndian: v4.address.sin_addr.s_addr))
        case .v6(let v6): self.init(v6.address.sin6_addr)
        default: return nil
        }
    }

    init(_ address: in6_addr) {
        let bytes = withUnsafeBytes(of: address) { Array($0) }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Nil unless `text` is an address in numbers.
    public init?(_ text: some StringProtocol) {
        var v4 = in_addr()
        var v6 = in6_addr()
        let text = String(text)
        if inet_pton(AF_INET, text, &v4) == 1 {
            self.init(v4: UInt32(bigEndian: v4.s_addr))
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            self.init(v6)
        } else {
            return nil
        }
    }

    public static let unknown = NetworkAddress(high: 0, low: 0)

    var isV4: Bool { high == 0 && low >> 32 == 0xffff }

    /// 127.0.0.0/8 or ::1.
    public var isLoopback: Bool { isV4 ? (low >> 24) & 0xff == 127 : high == 0 && low == 1 }

    /// What limits count by: the address itself, or the /64 of an IPv6 address, which one customer owns whole.
    var limited: NetworkAddress { isV4 ? self : NetworkAddress(high: high, low: 0) }
}

extension NetworkAddress: CustomStringConvertible {
    public var description: String {
        if isV4 {
            return [24, 16, 8, 0].map { String((low >> UInt64($0)) & 0xff) }.joined(separator: ".")
        }
        var address = in6_addr()
        withUnsafeMutableBytes(of: &address) { bytes in
            for index in 0..<16 {
                let half = index < 8 ? high : low
                bytes[index] = UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * (index % 8)))
            }
        }
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, &address, &buffer, socklen_t(INET6_ADDRSTRLEN)) != nil else { return "::" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
