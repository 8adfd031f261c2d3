import Foundation
import MuseTestSupport
import Synchronization

@testable import MuseShared

/// The staff's use-cases on one temporary database, with a hash that costs little and counts its calls.
final class StaffDeskFixture: Sendable {
    let cafe: TemporaryDatabase
    private let derivations = Mutex(0)

    static let password = "correct horse battery"

    init() async throws {
        cafe = try await TemporaryDatabase.cafe()
    }

    var database: Database { cafe.database }
    var derived: Int { derivations.withLock { $0 } }
    var sessions: StaffSessionRepository { StaffSessionRepository(database: database) }

    var hash: HashPassword {
        HashPassword(cost: PasswordCost(logN: 4, blockSize: 8, parallelism: 1)) { password, salt, cost in
            self.derivations.withLock { $0 += 1 }
            return try cost.key(from: password, salt: salt)
        }
    }

    var add: AddStaff { AddStaff(database: database, hash: hash, domains: ["ncmuse.co", "muse.example"]) }
    var signIn: SignInStaff {
        SignInStaff(database: database, hash: hash, devices: KnownDevices(secrets: [Secret("a secret of tests")]))
    }

    @discardableResult
    func hire(_ email: String = "ines@ncmuse.co", _ role: StaffRole = .manager) async throws -> StaffMember {
        try await add(AddStaff.Request(email: email, role: role, name: "Ines", password: Self.password))
    }

    func request(
        _ email: String = "ines@ncmuse.co", _ password: String = StaffDeskFixture.password,
        from client: String = "203.0.113.9", replacing: Token? = nil, devices: String? = nil
    ) -> SignInStaff.Request {
        SignInStaff.Request(
            email: email, password: password, client: NetworkAddress(client) ?? .unknown, userAgent: "Test",
            replacing: replacing, devices: devices)
    }

    func count(_ sql: SQL) throws -> Int64? {
        try database.first(sql)?.int("n")
    }
}
