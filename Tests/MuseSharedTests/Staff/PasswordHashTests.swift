import Foundation
import Testing

@testable import MuseShared

struct PasswordHashTests {
    private static let cheap = PasswordCost(logN: 4, blockSize: 8, parallelism: 1)
    private let hash = HashPassword(cost: cheap)

    @Test func `a password is right for its own hash and for no other`() async throws {
        let stored = try await hash("correct horse")
        #expect(try await hash.isRight("correct horse", for: stored))
        #expect(try await !hash.isRight("correct horsE", for: stored))
        #expect(try await !hash.isRight("", for: stored))
    }

    @Test func `the same password has another hash each time`() async throws {
        #expect(try await hash("correct horse").text != hash("correct horse").text)
    }

    @Test func `a hash is read back with the cost it was made with`() async throws {
        let stored = try await hash("correct horse")
        let read = try #require(PasswordHash(text: stored.text))
        #expect(read == stored)
        #expect(stored.text.hasPrefix("$scrypt$ln=4,r=8,p=1$"))
        #expect(try await HashPassword(cost: .standard).isRight("correct horse", for: read))
    }

    @Test func `letters composed differently are the same password`() async throws {
        let stored = try await hash("caf\u{E9} au lait")
        #expect(try await hash.isRight("cafe\u{301} au lait", for: stored))
    }

    /// RFC 7914, section 12.
    @Test func `the key is the one of the RFC`() throws {
        let key = try PasswordCost(logN: 14, blockSize: 8, parallelism: 1)
            .key(from: "pleaseletmein", salt: Data("SodiumChloride".utf8))
        #expect(key.hexadecimal == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")
    }

    @Test func `the standard cost is what the rules ask for`() {
        #expect(PasswordCost.standard == PasswordCost(logN: 17, blockSize: 8, parallelism: 1))
        #expect(HashPassword().cost == .standard)
    }

    @Test(arguments: [
        "", "$scrypt$", "$scrypt$ln=17,r=8,p=1$c2FsdA", "$argon2$ln=17,r=8,p=1$c2FsdA$c2FsdA",
        "$scrypt$ln=60,r=8,p=1$c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=17,r=8$c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=17,r=8,p=1$c2FsdA$short",
    ])
    func `a text that is no hash of ours is not read`(_ text: String) {
        #expect(PasswordHash(text: text) == nil)
    }
}
