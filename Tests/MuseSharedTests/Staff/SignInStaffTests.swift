import Foundation
import MuseTestSupport
import Testing

@testable import MuseShared

struct SignInStaffTests {
    private func refusal(_ desk: StaffDeskFixture, _ request: SignInStaff.Request) async -> SignInStaff.Refusal? {
        do throws(SignInStaff.Refusal) {
            _ = try await desk.signIn(request)
            return nil
        } catch {
            return error
        }
    }

    private func isWrong(_ refusal: SignInStaff.Refusal?) -> Bool {
        if case .wrongCredentials = refusal { true } else { false }
    }

    private func wait(_ refusal: SignInStaff.Refusal?) -> Int64? {
        if case .wait(let seconds) = refusal { seconds } else { nil }
    }

    @Test func `the right password opens a session, of which only the hash is stored`() async throws {
        let desk = try await StaffDeskFixture()
        let member = try await desk.hire()
        let signedIn = try await desk.signIn(desk.request("INES@ncmuse.co "))
        #expect(signedIn.staff == member)
        #expect(try desk.sessions.session(signedIn.token)?.staff == member)
        #expect(
            try desk.count("SELECT COUNT(*) AS n FROM staff_sessions WHERE token_hash = \(signedIn.token.text)") == 0)
    }

    @Test func `a wrong password is refused`() async throws {
        let desk = try await StaffDeskFixture()
        try await desk.hire()
        #expect(isWrong(await refusal(desk, desk.request("ines@ncmuse.co", "wrong"))))
        #expect(try desk.count("SELECT COUNT(*) AS n FROM staff_sessions") == 0)
    }

    @Test(arguments: ["nobody@ncmuse.co", "not an address", ""])
    func `an unknown account costs the same work and gets the same answer`(_ email: String) async throws {
        let desk = try await StaffDeskFixture()
        #expect(desk.derived == 0)
        #expect(isWrong(await refusal(desk, desk.request(email))))
        #expect(desk.derived == 1)
    }

    @Test func `a removed account is refused like an unknown one`() async throws {
        let desk = try await StaffDeskFixture()
        let member = try await desk.hire()
        try await desk.database.write {
            try $0.execute("UPDATE staff SET removed_at_ms = \($0.now) WHERE id = \(member.id)")
        }
        #expect(isWrong(await refusal(desk, desk.request())))
    }

    @Test func `an account without a readable password is never opened`() async throws {
        let desk = try await StaffDeskFixture()
        #expect(isWrong(await refusal(desk, desk.request("bea@ncmuse.co", ""))))
    }

    @Test func `each sign-in has a new session and ends the one it replaces`() async throws {
        let desk = try await StaffDeskFixture()
        try await desk.hire()
        let first = try await desk.signIn(desk.request()).token
        let second = try await desk.signIn(desk.request(replacing: first)).token
        #expect(first != second)
        #expect(try desk.sessions.session(first) == nil)
        #expect(try desk.sessions.session(second) != nil)
    }

    @Test func `after five attempts the account waits, longer each time, and the password is not looked at`()
        async throws
    {
        let desk = try await StaffDeskFixture()
        try await desk.hire()
        for client in 1...5 {
            #expect(isWrong(await refusal(desk, desk.request("ines@ncmuse.co", "wrong", from: "203.0.113.\(client)"))))
        }
        let before = desk.derived
        #expect(wait(await refusal(desk, desk.request(from: "203.0.113.50"))) == 15)
        #expect(desk.derived == before)
        desk.cafe.clock.advance(seconds: 15)
        #expect(isWrong(await refusal(desk, desk.request("ines@ncmuse.co", "wrong", from: "203.0.113.51"))))
        #expect(wait(await refusal(desk, desk.request(from: "203.0.113.52"))) == 30)
    }

    @Test func `an unknown account is made to wait like a known one`() async throws {
        let desk = try await StaffDeskFixture()
        for client in 1...5 {
            _ = await refusal(desk, desk.request("nobody@ncmuse.co", "wrong", from: "203.0.113.\(client)"))
        }
        #expect(wait(await refusal(desk, desk.request("nobody@ncmuse.co", from: "203.0.113.50"))) == 15)
    }

    @Test func `a wait ends, is never longer than a quarter of an hour, and success forgets it`() async throws {
        let desk = try await StaffDeskFixture()
        try await desk.hire()
        for attempt in 1...40 {
            _ = await refusal(desk, desk.request("ines@ncmuse.co", "wrong", from: "203.0.113.\(attempt)"))
            desk.cafe.clock.advance(seconds: SignInAttemptRepository.longestWaitSeconds)
        }
        #expect(await refusal(desk, desk.request(from: "203.0.113.99")) == nil)
        #expect(isWrong(await refusal(desk, desk.request("ines@ncmuse.co", "wrong", from: "203.0.113.98"))))
        #expect(await refusal(desk, desk.request(from: "203.0.113.97")) == nil)
    }

    @Test func `one address that tries many accounts waits, whatever it tries next`() async throws {
        let desk = try await StaffDeskFixture()
        try await desk.hire()
        for account in 1...20 { _ = await refusal(desk, desk.request("someone\(account)@ncmuse.co", "wrong")) }
        #expect(wait(await refusal(desk, desk.request())) == 15)
        #expect(await refusal(desk, desk.request(from: "198.51.100.7")) == nil)
    }

    @Test func `who has an account cannot clear the count of an address by signing in between`() async throws {
        let desk = try await StaffDeskFixture()
        try await desk.hire()
        for account in 1...20 {
            _ = await refusal(desk, desk.request("someone\(account)@ncmuse.co", "wrong"))
            if account < 20 { #expect(await refusal(desk, desk.request()) == nil) }
        }
        #expect(wait(await refusal(desk, desk.request())) == 15)
    }

    @Test func `many attempts at once cannot pass together`() async throws {
        let desk = try await StaffDeskFixture()
        try await desk.hire()
        let looked = await withTaskGroup(of: Bool.self) { group in
            for client in 1...50 {
                group.addTask {
                    self.isWrong(
                        await self.refusal(desk, desk.request("ines@ncmuse.co", "wrong", from: "203.0.113.\(client)")))
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(looked == 5)
    }
}
