import Foundation
import MuseTestSupport
import Testing

@testable import MuseShared

/// An owner is never locked out of a browser of theirs by somebody else's wrong passwords.
struct KnownDeviceTests {
    private static let owner = "ines@ncmuse.co"

    private func wait(_ desk: StaffDeskFixture, _ request: SignInStaff.Request) async throws -> Int64? {
        do throws(SignInStaff.Refusal) {
            _ = try await desk.signIn(request)
            return nil
        } catch {
            switch error {
            case .wait(let seconds): return seconds
            case .wrongCredentials: return 0
            case .failed(let error): throw error
            }
        }
    }

    /// One wrong password every five seconds from an address that changes, for so many seconds.
    private func attack(_ desk: StaffDeskFixture, seconds: Int) async throws {
        for second in stride(from: 0, to: seconds, by: 5) {
            _ = try await wait(
                desk, desk.request(Self.owner, "wrong", from: "198.51.\(second / 250).\(second % 250 + 1)"))
            desk.cafe.clock.advance(seconds: 5)
        }
    }

    @Test func `under attack a known browser gets in, and a stranger waits`() async throws {
        let desk = try await StaffDeskFixture()
        try await desk.hire()
        let cookie = try await desk.signIn(desk.request()).devices
        try await attack(desk, seconds: 300)
        // The control: the same person, address and password without the proof.
        #expect(try await wait(desk, desk.request()) ?? 0 > 0)
        #expect(try await wait(desk, desk.request(devices: cookie)) == nil)
        // And it stays so: the success of the known browser frees nobody else.
        #expect(try await wait(desk, desk.request()) ?? 0 > 0)
        #expect(try await wait(desk, desk.request(devices: cookie)) == nil)
    }

    @Test func `a known browser has a small limit of its own, which nobody else feels`() async throws {
        let desk = try await StaffDeskFixture()
        try await desk.hire()
        let cookie = try await desk.signIn(desk.request()).devices
        for _ in 1...5 { #expect(try await wait(desk, desk.request(Self.owner, "wrong", devices: cookie)) == 0) }
        #expect(try await wait(desk, desk.request(devices: cookie)) == 15)
        #expect(try await wait(desk, desk.request()) == nil)
        desk.cafe.clock.advance(seconds: 15)
        #expect(try await wait(desk, desk.request(Self.owner, "wrong", devices: cookie)) == 0)
        #expect(try await wait(desk, desk.request(devices: cookie)) == 30)
        desk.cafe.clock.advance(seconds: 30)
        #expect(try await wait(desk, desk.request(devices: cookie)) == nil)
    }

    @Test func `a proof counts for its own account only, and ends`() async throws {
        let desk = try await StaffDeskFixture()
        try await desk.hire()
        try await desk.hire("zoe@ncmuse.co", .staff)
        let own = try await desk.signIn(desk.request()).devices
        let other = try await desk.signIn(desk.request("zoe@ncmuse.co")).devices
        let forged = KnownDevices(secrets: [Secret("another secret")]).adding(
            SignInAttemptRepository.accountKey(Self.owner), to: nil, now: desk.cafe.clock.now)
        try await attack(desk, seconds: 60)
        let bent: String? = own.map { text in (text.hasPrefix("A") ? "B" : "A") + String(text.dropFirst()) }
        let cookies: [String?] = [other, forged, bent, "~~~", "a.1.b"]
        for cookie in cookies {
            let waits = try await wait(desk, desk.request(devices: cookie)) ?? 0
            #expect(waits > 0, "\(cookie ?? "")")
        }
        #expect(try await wait(desk, desk.request(devices: own)) == nil)
        desk.cafe.clock.advance(seconds: KnownDevices.seconds)
        try await attack(desk, seconds: 60)
        #expect(try await wait(desk, desk.request(devices: own)) ?? 0 > 0)
    }

    @Test func `a shared tablet knows several people, and not without end`() async throws {
        let devices = KnownDevices(secrets: [Secret("one"), Secret("two")])
        let now = TestClock().now
        var cookie: String?
        for person in 0..<10 { cookie = devices.adding("person \(person)", to: cookie, now: now) }
        let known = (0..<10).filter { devices.attemptKey(in: cookie, account: "person \($0)", now: now) != nil }
        #expect(known == Array(2..<10))
        let again = devices.adding("person 5", to: cookie, now: now)
        #expect(again?.split(separator: "~").count == 8)
        #expect(devices.attemptKey(in: again, account: "person 2", now: now) != nil)
        // While secrets roll, the older one still verifies.
        let rolled = KnownDevices(secrets: [Secret("new"), Secret("one")])
        #expect(rolled.attemptKey(in: cookie, account: "person 9", now: now) != nil)
        #expect(KnownDevices(secrets: []).adding("person", to: nil, now: now) == nil)
    }

    @Test func `one address alone cannot keep an account locked for others`() async throws {
        let desk = try await StaffDeskFixture()
        try await desk.hire()
        for _ in 0..<240 {
            _ = try await wait(desk, desk.request(Self.owner, "wrong", from: "198.51.100.66"))
            desk.cafe.clock.advance(seconds: 15)
        }
        #expect(try await wait(desk, desk.request(Self.owner, "wrong", from: "198.51.100.66")) ?? 0 > 0)
        #expect(try await wait(desk, desk.request()) == nil)
    }

    @Test func `no proof is stored, only the hash it is counted under`() async throws {
        let desk = try await StaffDeskFixture()
        try await desk.hire()
        let cookie = try #require(try await desk.signIn(desk.request()).devices)
        _ = try await wait(desk, desk.request(Self.owner, "wrong", devices: cookie))
        let rows = try desk.database.read {
            try $0.rows("SELECT subject FROM sign_in_attempts").map { try $0.text("subject") }
        }
        let id = try #require(cookie.split(separator: ".").first.map(String.init))
        #expect(rows.contains(Token(text: id).hash))
        #expect(!rows.contains { $0.contains(id) })
    }
}
