import Testing

@testable import MuseShared

struct NetworkAddressTests {
    @Test func `addresses are written as they are read`() {
        for text in ["203.0.113.9", "0.0.0.0", "255.255.255.255", "2001:db8::1", "::1"] {
            #expect(NetworkAddress(text)?.description == text)
        }
        #expect(NetworkAddress("::ffff:10.1.2.3") == NetworkAddress("10.1.2.3"))
        for text in ["", "1.2.3", "1.2.3.4.5", "host", "1.2.3.4:80", "2001:db8::g"] {
            #expect(NetworkAddress(text) == nil)
        }
    }

    @Test func `a /64 of IPv6 counts as one client, two IPv4 neighbours as two`() throws {
        let first = try #require(NetworkAddress("2001:db8:1:2::1"))
        let second = try #require(NetworkAddress("2001:db8:1:2:ffff::9"))
        let other = try #require(NetworkAddress("2001:db8:1:3::1"))
        #expect(first.limited == second.limited)
        #expect(first.limited != other.limited)
        #expect(NetworkAddress("10.0.0.1")?.limited != NetworkAddress("10.0.0.2")?.limited)
    }

    @Test func `ranges hold what shares their prefix`() throws {
        let ten = try #require(AddressRange("10.0.0.0/8"))
        #expect(ten.contains(try #require(NetworkAddress("10.255.0.1"))))
        #expect(!ten.contains(try #require(NetworkAddress("11.0.0.1"))))
        let local = try #require(AddressRange("fd00::/8"))
        #expect(local.contains(try #require(NetworkAddress("fdff::1"))))
        #expect(!local.contains(try #require(NetworkAddress("10.0.0.1"))))
        #expect(try #require(AddressRange("0.0.0.0/0")).contains(try #require(NetworkAddress("8.8.8.8"))))
        #expect(!(try #require(AddressRange("0.0.0.0/0")).contains(try #require(NetworkAddress("2001:db8::1")))))
        for text in ["10.0.0.0/33", "10.0.0.0/-1", "x/8", "10.0.0.0/", "fd00::/129"] {
            #expect(AddressRange(text) == nil)
        }
    }
}

struct FindClientAddressTests {
    private let find = FindClientAddress(
        trustedProxies: [AddressRange("10.0.0.0/8"), AddressRange("fd00::/8")].compactMap { $0 })

    private func client(_ peer: String, _ forwarded: String...) throws -> String {
        find(peer: try #require(NetworkAddress(peer)), forwardedFor: forwarded).description
    }

    @Test func `a stranger's X-Forwarded-For is not believed`() throws {
        #expect(try client("203.0.113.9", "1.2.3.4") == "203.0.113.9")
    }

    @Test func `behind proxies the client is the first stranger from the right`() throws {
        #expect(try client("10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2") == "203.0.113.9")
        #expect(try client("10.0.0.1", "6.6.6.6", "203.0.113.9") == "203.0.113.9")
        #expect(try client("fd00::1", "[2001:db8::7]:4711") == "2001:db8::7")
        #expect(try client("10.0.0.1", "203.0.113.9:55") == "203.0.113.9")
    }

    @Test func `what is no address ends the walk at the proxy that passed it on`() throws {
        #expect(try client("10.0.0.1", "203.0.113.9, nonsense, 10.0.0.2") == "10.0.0.2")
        #expect(try client("10.0.0.1") == "10.0.0.1")
    }
}
