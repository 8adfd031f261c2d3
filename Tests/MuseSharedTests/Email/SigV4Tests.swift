import Foundation
import Testing

@testable import MuseShared

/// The expected signatures are botocore's: `Tests/Judges/test_sigv4.py` makes and guards the file.
struct SigV4Tests {
    private struct Vectors: Decodable {
        struct Case: Decodable {
            let name: String
            let service: String
            let method: String
            let host: String
            let path: String
            let query: [[String]]
            let headers: [[String]]
            let body: String
            let authorization: String
        }

        let time: Int64
        let keyID: String
        let secret: String
        let region: String
        let cases: [Case]
    }

    private static func vectors() throws -> Vectors {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Judges/sigv4_vectors.json")
        return try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
    }

    private static func authorization(_ one: Vectors.Case, _ all: Vectors, secret: String) -> String? {
        var request = SigV4.Request(method: one.method, host: one.host, path: one.path, body: Data(one.body.utf8))
        request.query = one.query.map { ($0[0], $0[1]) }
        request.headers = one.headers.map { ($0[0], $0[1]) }
        let signer = SigV4(
            accessKeyID: all.keyID, secretAccessKey: Secret(secret), region: all.region, service: one.service,
            pathEncoding: one.service == "s3" ? .once : .twice)
        return signer.headers(for: request, at: Timestamp(milliseconds: all.time))
            .first { $0.name == "authorization" }?.value
    }

    @Test func `every request is signed as botocore signs it`() throws {
        let vectors = try Self.vectors()
        #expect(vectors.cases.count >= 7)
        for one in vectors.cases {
            #expect(Self.authorization(one, vectors, secret: vectors.secret) == one.authorization, "\(one.name)")
        }
    }

    @Test func `another secret makes another signature`() throws {
        let vectors = try Self.vectors()
        let one = try #require(vectors.cases.first)
        #expect(Self.authorization(one, vectors, secret: vectors.secret + "x") != one.authorization)
    }
}
