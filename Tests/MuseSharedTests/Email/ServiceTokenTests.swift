import Foundation
import Testing

@testable import MuseShared

/// The expected tokens are Python's: `Tests/Judges/test_service_token.py` makes and guards the file.
struct ServiceTokenTests {
    private struct Vectors: Decodable {
        struct Case: Decodable {
            let seconds: Int64
            let method: String
            let path: String
            let body: String
            let header: String
        }

        let secret: String
        let cases: [Case]
    }

    private static func vectors() throws -> Vectors {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Judges/service_token_vectors.json")
        return try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
    }

    private let now = Timestamp(unixSeconds: 1_795_444_205)
    private let body = Data(#"{"to":"ada@example.com"}"#.utf8)
    private let token = ServiceToken(secrets: [Secret("new"), Secret("old")])

    private func verify(
        _ header: String?, method: String = "POST", path: String = "/api/send-email", body: Data? = nil,
        at time: Timestamp? = nil
    ) -> String? {
        token.verify(header: header, method: method, path: path, body: body ?? self.body, now: time ?? now)
    }

    private func header(_ secret: String = "new") throws -> String {
        try #require(
            ServiceToken(secrets: [Secret(secret)]).header(
                method: "POST", path: "/api/send-email", body: body, now: now))
    }

    @Test func `tokens are what Python's hmac makes of the same lines`() throws {
        let vectors = try Self.vectors()
        let token = ServiceToken(secrets: [Secret(vectors.secret)])
        #expect(!vectors.cases.isEmpty)
        for one in vectors.cases {
            let time = Timestamp(unixSeconds: one.seconds)
            let body = Data(one.body.utf8)
            #expect(token.header(method: one.method, path: one.path, body: body, now: time) == one.header)
            #expect(
                token.verify(header: one.header, method: one.method, path: one.path, body: body, now: time) != nil)
        }
    }

    @Test func `every secret verifies while they roll and a foreign one does not`() throws {
        #expect(verify(try header("new")) != nil)
        #expect(verify(try header("old")) != nil)
        #expect(verify(try header("foreign")) == nil)
    }

    @Test func `a token is valid for 300 seconds both ways`() throws {
        let header = try header()
        #expect(verify(header, at: now.adding(seconds: 300)) != nil)
        #expect(verify(header, at: now.adding(seconds: -300)) != nil)
        #expect(verify(header, at: now.adding(seconds: 301)) == nil)
        #expect(verify(header, at: now.adding(seconds: -301)) == nil)
    }

    @Test func `another body, method or path is another call`() throws {
        let header = try header()
        #expect(verify(header, body: Data("{}".utf8)) == nil)
        #expect(verify(header, method: "PUT") == nil)
        #expect(verify(header, path: "/api/orders") == nil)
    }

    @Test func `one flipped bit at any place of the code is refused`() throws {
        let header = try header()
        let start = header.utf8.count - 64
        for position in 0..<64 {
            var bytes = Array(header.utf8)
            bytes[start + position] = bytes[start + position] == 48 ? 49 : 48
            #expect(verify(String(decoding: bytes, as: UTF8.self)) == nil)
        }
    }

    @Test(arguments: [
        nil, "", "Muse-Service", "Muse-Service ", "Muse-Service v1", "Muse-Service v1.1795444205",
        "Muse-Service v1.1795444205.", "Muse-Service v2.1795444205.00", "Muse-Service v1.-1.00", "Bearer x",
        "Muse-Service v1.99999999999999999999.00", "Muse-Service v1.01795444205.00", "muse-service v1.1.1",
    ])
    func `a malformed header is refused`(header: String?) {
        #expect(verify(header) == nil)
    }
}
