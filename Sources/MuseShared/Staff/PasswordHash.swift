import Crypto
import CryptoExtras
import Foundation

/// A stored password: scrypt with the cost it was made with, so that the cost can rise without a migration.
///
/// Written like `$scrypt$ln=17,r=8,p=1$salt$key` (the PHC string format), in base64 without padding.
struct PasswordHash: Sendable, Equatable {
    let cost: PasswordCost
    let salt: Data
    let key: Data

    static let saltLength = 16
    static let keyLength = 32

    init(cost: PasswordCost, salt: Data, key: Data) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    var text: String {
        "$scrypt$ln=\(cost.logN),r=\(cost.blockSize),p=\(cost.parallelism)$\(Self.base64(salt))$\(Self.base64(key))"
    }

    /// Nil for anything that is not one of ours.
    init?(text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: true).map(String.init)
        guard parts.count == 4, parts[0] == "scrypt", let cost = PasswordCost(text: parts[1]),
            let salt = Self.data(parts[2]), let key = Self.data(parts[3]), !salt.isEmpty, key.count == Self.keyLength
        else { return nil }
        self.init(cost: cost, salt: salt, key: key)
    }

    private static func base64(_ data: Data) -> String {
        data.base64EncodedString().replacing("=", with: "")
    }

    private static func data(_ text: String) -> Data? {
        Data(base64Encoded: text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
    }
}

/// How much work and memory one derivation takes: 128 × 2^logN × blockSize bytes.
public struct PasswordCost: Sendable, Equatable {
    let logN: Int
    let blockSize: Int
    let parallelism: Int

    /// 128 MiB each (the OWASP Password Storage Cheat Sheet's first choice for scrypt).
    public static let standard = PasswordCost(logN: 17, blockSize: 8, parallelism: 1)

    init(logN: Int, blockSize: Int, parallelism: Int) {
        self.logN = logN
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// `ln=17,r=8,p=1`; nil beyond what we would ever store, since these numbers decide about memory.
    init?(text: String) {
        var values: [String: Int] = [:]
        for pair in text.split(separator: ",") {
            let sides = pair.split(separator: "=")
            guard sides.count == 2, let value = Int(sides[1]) else { return nil }
            values[String(sides[0])] = value
        }
        guard let logN = values["ln"], (1...20).contains(logN), let blockSize = values["r"],
            (1...16).contains(blockSize), let parallelism = values["p"], (1...4).contains(parallelism)
        else { return nil }
        self.init(logN: logN, blockSize: blockSize, parallelism: parallelism)
    }

    /// Blocks the calling thread.
    func key(from password: String, salt: Data) throws -> Data {
        // The same letters typed on another keyboard may arrive composed differently.
        let typed = Data(password.precomposedStringWithCanonicalMapping.utf8)
        let key = try KDF.Scrypt.deriveKey(
            from: typed, salt: salt, outputByteCount: PasswordHash.keyLength, rounds: 1 << logN,
            blockSize: blockSize, parallelism: parallelism)
        return key.withUnsafeBytes { Data($0) }
    }
}
