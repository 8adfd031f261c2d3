import Foundation
import HTTPTypes
import Hummingbird
import MuseTestSupport
import Testing

@testable import MuseShared

struct MediaFolderTests {
    private static let id = String(repeating: "0a", count: 16)

    private func withFolder(_ body: (MediaFolder) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "muse-media-\(IDSource.live.next())").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(MediaFolder(path: path))
    }

    @Test func `a name is exactly a hash, a width and a form`() {
        let name = MediaName("\(Self.id)-640.webp")
        #expect(name == MediaName(photoID: Self.id, width: 640, form: .webp))
        #expect(name?.description == "\(Self.id)-640.webp")
        for wrong in [
            "", "..", "../muse.db", "\(Self.id)-640.png", "\(Self.id)-0640.webp", "\(Self.id)-640.webp/",
            "x/\(Self.id)-640.webp", "\(Self.id)-640.webp\0", "\(Self.id.uppercased())-640.webp", "\(Self.id)-.webp",
            "\(Self.id)-99999.webp", "\(Self.id)-640.webp.bak", "\(Self.id)-640%2ewebp",
            "\(Self.id.dropLast())-640.webp",
        ] { #expect(MediaName(wrong) == nil, "\(wrong)") }
    }

    @Test func `what is stored is found, twice is once, and removing twice is no failure`() async throws {
        try await withFolder { folder in
            let name = try #require(MediaName("\(Self.id)-320.jpg"))
            #expect(try await folder.file(name) == nil)
            for _ in 0..<2 { try await folder.storage.store(StoredFile(name: name, bytes: [1, 2, 3])) }
            #expect(try await folder.file(name).map { Array($0.readableBytesView) } == [1, 2, 3])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [name.description])
            for _ in 0..<2 { try await folder.storage.remove(name) }
            #expect(try await folder.file(name) == nil)
        }
    }

    @Test func `a folder that can't be written is a storage that is down`() async throws {
        let name = try #require(MediaName("\(Self.id)-320.jpg"))
        await #expect(throws: StorageFailure.self) {
            try await MediaFolder(path: "/dev/null/media").storage.store(StoredFile(name: name, bytes: [1]))
        }
    }

    @Test func `a file is served for good under its type, and nothing else is there`() async throws {
        try await withFolder { folder in
            let name = try #require(MediaName("\(Self.id)-320.webp"))
            try await folder.storage.store(StoredFile(name: name, bytes: Array("webp".utf8)))
            try await RunningSite.with(routes: { router, _ in MediaRoutes(folder: folder).add(to: router) }) { site in
                let found = try await site.request("GET", "/media/\(name)")
                #expect(found.status == 200)
                #expect(found.text == "webp")
                #expect(found["content-type"] == "image/webp")
                #expect(found["cache-control"] == "public, max-age=31536000, immutable")
                #expect(found["x-content-type-options"] == "nosniff")
                let known = try await site.request("GET", "/media/\(name)", headers: ["If-None-Match": "\"\(name)\""])
                #expect(known.status == 304)
                let head = try await site.request("HEAD", "/media/\(name)")
                #expect(head.status == 200 && head.body.isEmpty)
                for path in [
                    "/media/\(Self.id)-640.webp", "/media/..%2fmuse.db", "/media/%2e%2e/muse.db", "/media/", "/media",
                    "/media/\(name)/x", "/media/<script>alert(1)</script>",
                ] {
                    let answer = try await site.request("GET", path)
                    #expect([400, 404].contains(answer.status), "\(path): \(answer.status)")
                    #expect(!answer.text.contains("alert(1)"))
                }
            }
        }
    }

    @Test func `without a folder nothing is served`() async throws {
        try await RunningSite.with(routes: { router, _ in MediaRoutes(folder: nil).add(to: router) }) { site in
            let answer = try await site.request("GET", "/media/\(Self.id)-320.webp")
            #expect(answer.status == 404)
        }
    }
}
