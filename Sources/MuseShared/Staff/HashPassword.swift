import Foundation
import NIOPosix

/// Makes and checks password hashes on threads of its own, at most four at once.
///
/// Each takes 128 MiB and a good part of a second: on an event loop it would stop every other request of that loop,
/// and fifty at once would take 6 GB.
public struct HashPassword: Sendable {
    let cost: PasswordCost
    /// The derivation itself; a test counts its calls here.
    let derive: @Sendable (String, Data, PasswordCost) async throws -> Data

    public static let atOnce = 4

    public init(cost: PasswordCost = .standard) {
        self.init(cost: cost, derive: Self.onOwnThreads)
    }

    init(cost: PasswordCost, derive: @escaping @Sendable (String, Data, PasswordCost) async throws -> Data) {
        self.cost = cost
        self.derive = derive
    }

    /// A new hash with a salt of its own.
    func callAsFunction(_ password: String) async throws -> PasswordHash {
        var generator = SystemRandomNumberGenerator()
        let salt = Data((0..<PasswordHash.saltLength).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        return PasswordHash(cost: cost, salt: salt, key: try await derive(password, salt, cost))
    }

    /// Whether the password is the one behind `stored`.
    ///
    /// Without a stored hash the same work is done for nothing, so that an unknown account takes as long as a known one.
    func isRight(_ password: String, for stored: PasswordHash?) async throws -> Bool {
        guard let stored else {
            _ = try await derive(password, Data(repeating: 0, count: PasswordHash.saltLength), cost)
            return false
        }
        let key = try await derive(password, stored.salt, stored.cost)
        return Array(stored.key).isEqualInConstantTime(to: Array(key))
    }

    private static let threads: NIOThreadPool = {
        let pool = NIOThreadPool(numberOfThreads: atOnce)
        pool.start()
        return pool
    }()

    private static func onOwnThreads(_ password: String, _ salt: Data, _ cost: PasswordCost) async throws -> Data {
        try await threads.runIfActive { try cost.key(from: password, salt: salt) }
    }
}
