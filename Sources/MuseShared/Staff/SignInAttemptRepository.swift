import Crypto
import Foundation

/// Counts sign-in attempts and says how long the next one must wait: longer each time, never for good.
///
/// An attempt is counted before the password is checked, so that many at once can't pass together. A browser that has
/// signed in to the account before (``KnownDevices``) is counted by itself and feels none of the other limits.
enum SignInAttemptRepository {
    struct Limit: Sendable {
        let scope: String
        /// Attempts that cost no wait.
        let free: Int64
    }

    /// A person mistypes a few times; behind one address of a café there are several persons.
    static let account = Limit(scope: "staff.account", free: 5)
    static let client = Limit(scope: "staff.client", free: 20)
    /// One address on one account. Beyond its free attempts it is slowed by itself and no longer counts against the
    /// account: so no single address can keep an account waiting.
    static let pair = Limit(scope: "staff.account-client", free: 5)
    static let device = Limit(scope: "staff.device", free: 5)

    /// Whose attempt it is.
    struct Subject: Sendable {
        let accountKey: String
        let clientKey: String
        /// Of a browser that is known to the account.
        let deviceKey: String?

        var pairKey: String { "\(accountKey) \(clientKey)" }
    }

    static let firstWaitSeconds: Int64 = 15
    static let longestWaitSeconds: Int64 = 900
    /// After so much quiet the count begins anew.
    static let memorySeconds: Int64 = 86_400

    /// Counts one attempt; returns the seconds to wait if it is refused, or nil. A refused one is not counted.
    static func claim(_ subject: Subject, in transaction: Transaction) throws -> Int64? {
        let oldest = transaction.now.adding(seconds: -memorySeconds)
        try transaction.execute("DELETE FROM sign_in_attempts WHERE last_at_ms < \(oldest)")
        if let deviceKey = subject.deviceKey {
            if let wait = try remaining(device, deviceKey, in: transaction) { return wait }
            try count(device, deviceKey, in: transaction)
            return nil
        }
        let (own, all) = ((pair, subject.pairKey), (account, subject.accountKey))
        for (limit, key) in [own, all, (client, subject.clientKey)] {
            if let wait = try remaining(limit, key, in: transaction) { return wait }
        }
        if try count(own.0, own.1, in: transaction) <= own.0.free { try count(all.0, all.1, in: transaction) }
        try count(client, subject.clientKey, in: transaction)
        return nil
    }

    /// A success forgets the account's attempts and takes back its own one from the client's:
    /// clearing those would let whoever has an account try others without end. That of a known browser forgets its own
    /// ones alone, or whoever attacks would be given new attempts by each sign-in of the owner.
    static func succeeded(_ subject: Subject, in transaction: Transaction) throws {
        if let deviceKey = subject.deviceKey { return try forget(device, deviceKey, in: transaction) }
        try forget(account, subject.accountKey, in: transaction)
        try forget(pair, subject.pairKey, in: transaction)
        try transaction.execute(
            """
            DELETE FROM sign_in_attempts
            WHERE scope = \(client.scope) AND subject = \(subject.clientKey) AND attempts = 1
            """)
        try transaction.execute(
            """
            UPDATE sign_in_attempts SET attempts = attempts - 1, blocked_until_ms = 0
            WHERE scope = \(client.scope) AND subject = \(subject.clientKey)
            """)
    }

    private static func forget(_ limit: Limit, _ key: String, in transaction: Transaction) throws {
        try transaction.execute("DELETE FROM sign_in_attempts WHERE scope = \(limit.scope) AND subject = \(key)")
    }

    /// The key of an address, known or not.
    static func accountKey(_ typed: String) -> String {
        let text = typed.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        return SHA256.hash(data: Data(text.utf8)).hexadecimal
    }

    /// Seconds that the attempt after so many must wait.
    static func wait(after attempts: Int64, free: Int64) -> Int64 {
        guard attempts >= free else { return 0 }
        let doublings = min(attempts - free, 10)
        return min(firstWaitSeconds << doublings, longestWaitSeconds)
    }

    private static func remaining(_ limit: Limit, _ subject: String, in transaction: Transaction) throws -> Int64? {
        let blocked = try transaction.first(
            """
            SELECT blocked_until_ms FROM sign_in_attempts
            WHERE scope = \(limit.scope) AND subject = \(subject) AND blocked_until_ms > \(transaction.now)
            """
        )?.time("blocked_until_ms")
        return blocked.map { ($0.milliseconds - transaction.now.milliseconds + 999) / 1000 }
    }

    @discardableResult
    private static func count(_ limit: Limit, _ subject: String, in transaction: Transaction) throws -> Int64 {
        let known = try transaction.first(
            "SELECT attempts FROM sign_in_attempts WHERE scope = \(limit.scope) AND subject = \(subject)"
        )?.int("attempts")
        let attempts = (known ?? 0).addedClamped(to: 1)
        let until = transaction.now.adding(seconds: wait(after: attempts, free: limit.free))
        try transaction.execute(
            """
            INSERT INTO sign_in_attempts (scope, subject, attempts, last_at_ms, blocked_until_ms)
            VALUES (\(limit.scope), \(subject), \(attempts), \(transaction.now), \(until))
            ON CONFLICT (scope, subject) DO UPDATE SET attempts = excluded.attempts,
              last_at_ms = excluded.last_at_ms, blocked_until_ms = excluded.blocked_until_ms
            """)
        return attempts
    }
}
