import Foundation
import Testing

@testable import MuseShared

struct SecretTests {
    private struct Holder {
        let name = "holder"
        let secret = Secret("hunter2")
    }

    @Test func `a secret shows itself in no print, dump or interpolation`() {
        var dumped = ""
        dump(Holder(), to: &dumped)
        let texts = ["\(Secret("hunter2"))", String(reflecting: Secret("hunter2")), "\(Holder())", dumped]
        #expect(texts.allSatisfy { !$0.contains("hunter2") })
    }

    @Test func `a secret refuses to be encoded`() {
        #expect(throws: EncodingError.self) { try JSONEncoder().encode(["key": Secret("hunter2")]) }
    }

    @Test func `secrets are equal only when every byte is`() {
        #expect(Secret("hunter2") == Secret("hunter2"))
        #expect(Secret("hunter2") != Secret("hunter3"))
        #expect(Secret("hunter2") != Secret("hunter"))
        #expect(Secret("") != Secret("a"))
        #expect(Secret("") == Secret(""))
    }

    @Test func `the secret of development is made once, for its owner alone, whoever comes first`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("muse-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("service-secret").path
        let secrets = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<16 { group.addTask { try ServiceSecretFile(path: path).value().reveal() } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(secrets.count == 1)
        #expect(secrets.first?.utf8.count ?? 0 >= 32)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["service-secret"])
    }
}
