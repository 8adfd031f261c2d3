import Foundation
import MuseTestSupport
import Testing

@testable import MuseShared

struct AddStaffTests {
    private func refusal(_ email: String, _ password: String, name: String = "") async throws -> AddStaff.Refusal? {
        let desk = try await StaffDeskFixture()
        try await desk.hire("known@ncmuse.co")
        do throws(AddStaff.Refusal) {
            _ = try await desk.add(AddStaff.Request(email: email, role: .staff, name: name, password: password))
            return nil
        } catch {
            #expect(try desk.count("SELECT COUNT(*) AS n FROM staff") == 2)
            return error
        }
    }

    @Test func `an account is added with a lowercase address and a line in the log`() async throws {
        let desk = try await StaffDeskFixture()
        let member = try await desk.hire(" Ines@NCMuse.co ", .kitchen)
        #expect(member.email == "ines@ncmuse.co")
        #expect(member.role == .kitchen)
        let log = try #require(
            try desk.database.first("SELECT * FROM action_log WHERE subject_id = \(member.id)"))
        #expect(try log.text("action") == "staff.added")
        #expect(try log.text("difference").contains("kitchen"))
    }

    @Test func `the password itself is stored nowhere`() async throws {
        let desk = try await StaffDeskFixture()
        let member = try await desk.hire()
        let row = try #require(try desk.database.first("SELECT password_hash FROM staff WHERE id = \(member.id)"))
        #expect(try row.text("password_hash").hasPrefix("$scrypt$"))
        #expect(try !row.text("password_hash").contains(StaffDeskFixture.password))
    }

    @Test func `without a name one is called by the address`() async throws {
        let desk = try await StaffDeskFixture()
        let member = try await desk.add(
            AddStaff.Request(email: "tom@ncmuse.co", role: .staff, name: "  ", password: StaffDeskFixture.password))
        #expect(member.name == "tom")
    }

    @Test(arguments: [
        "", "tom", "tom@", "@ncmuse.co", "tom@@ncmuse.co", "tom@ncmuse", "to m@ncmuse.co", "a,b@ncmuse.co",
    ])
    func `what is no address is refused`(_ email: String) async throws {
        guard case .addressNotValid = try await refusal(email, "a fine password") else {
            Issue.record("not refused")
            return
        }
    }

    @Test(arguments: ["tom@gmail.com", "tom@sub.ncmuse.co", "tom@ncmuse.co.evil.example", "tom@evilncmuse.co"])
    func `an address elsewhere is refused`(_ email: String) async throws {
        guard case .domainNotAllowed = try await refusal(email, "a fine password") else {
            Issue.record("not refused")
            return
        }
    }

    @Test func `an address that is taken is refused`() async throws {
        guard case .addressTaken = try await refusal("Known@ncmuse.co", "a fine password") else {
            Issue.record("not refused")
            return
        }
    }

    @Test func `a name that no badge could carry is refused`() async throws {
        guard
            case .nameTooLong = try await refusal(
                "tom@ncmuse.co", "a fine password", name: String(repeating: "a", count: 91))
        else {
            Issue.record("not refused")
            return
        }
    }

    @Test(arguments: [
        ("1234567", PasswordRule.Refusal.tooShort), (String(repeating: "é", count: 129), .tooLong),
        ("Password123", .common), ("QWERTY123", .common), ("tom@ncmuse.co", .common),
    ])
    func `a password that is too short, too long or everybody's is refused`(
        _ password: String, _ wanted: PasswordRule.Refusal
    ) async throws {
        guard case .password(let reason) = try await refusal("tom@ncmuse.co", password) else {
            Issue.record("not refused")
            return
        }
        #expect(reason == wanted)
    }

    @Test(arguments: ["12345679", String(repeating: "é", count: 128), "ßßßßßßßß", "        "])
    func `a password at the edge of the rule is taken`(_ password: String) async throws {
        #expect(try await refusal("tom@ncmuse.co", password) == nil)
    }
}
