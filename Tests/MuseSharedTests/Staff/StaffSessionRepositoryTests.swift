import Foundation
import MuseTestSupport
import Testing

@testable import MuseShared

struct StaffSessionRepositoryTests {
    private func open() async throws -> (StaffDeskFixture, Token) {
        let desk = try await StaffDeskFixture()
        try await desk.hire()
        return (desk, try await desk.signIn(desk.request()).token)
    }

    @Test func `an unknown token has no session`() async throws {
        let (desk, _) = try await open()
        #expect(try desk.sessions.session(Token.random()) == nil)
    }

    @Test func `a session ends after twelve hours without use, to the second`() async throws {
        let (desk, token) = try await open()
        desk.cafe.clock.advance(seconds: StaffSessionRepository.idleSeconds - 1)
        #expect(try desk.sessions.session(token) != nil)
        desk.cafe.clock.advance(seconds: 1)
        #expect(try desk.sessions.session(token) == nil)
    }

    @Test func `use keeps it open, but not beyond seven days`() async throws {
        let (desk, token) = try await open()
        for _ in 1...13 {
            desk.cafe.clock.advance(seconds: StaffSessionRepository.idleSeconds - 60)
            try await desk.sessions.noteUse(of: try #require(try desk.sessions.session(token)))
        }
        desk.cafe.clock.advance(seconds: StaffSessionRepository.idleSeconds - 60)
        #expect(try desk.sessions.session(token) != nil)
        desk.cafe.clock.advance(
            seconds: StaffSessionRepository.longestSeconds - 14 * (StaffSessionRepository.idleSeconds - 60))
        #expect(try desk.sessions.session(token) == nil)
    }

    @Test func `signing out ends it in every process`() async throws {
        let (desk, token) = try await open()
        let other = StaffSessionRepository(database: try desk.cafe.secondOpening())
        #expect(try other.session(token) != nil)
        try await desk.sessions.end(token)
        #expect(try other.session(token) == nil)
    }

    @Test func `removing somebody ends their sessions at once`() async throws {
        let (desk, token) = try await open()
        try await desk.database.write {
            try $0.execute("UPDATE staff SET removed_at_ms = \($0.now) WHERE email = \("ines@ncmuse.co")")
        }
        #expect(try desk.sessions.session(token) == nil)
    }
}
