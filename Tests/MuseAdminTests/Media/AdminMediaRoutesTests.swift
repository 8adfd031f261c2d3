import Foundation
import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import NIOCore
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct AdminMediaRoutesTests {
    private static let path = "/api/menu/items/soup/image"

    private static func put(
        _ file: [UInt8], to path: String = path, type: String = "image/jpeg", by visitor: StaffVisit
    ) async throws -> TestResponse {
        try await visitor.client.execute(
            uri: path, method: .put,
            headers: [
                .cookie: visitor.cookie ?? "", .origin: StaffSite.origin, .contentType: type,
                .contentLength: "\(file.count)", .accept: "application/json",
            ], body: ByteBuffer(bytes: file))
    }

    /// The form as a browser without script sends it.
    private static func post(
        photo: [UInt8]?, fileName: String = "IMG 1.jpg", alt: String, by visitor: StaffVisit
    ) async throws -> TestResponse {
        let head = "Content-Disposition: form-data; name="
        var body = "--x1\r\n\(head)\"photo\"; filename=\"\(photo == nil ? "" : fileName)\"\r\n"
        body += "Content-Type: application/octet-stream\r\n\r\n"
        let end = "\r\n--x1\r\n\(head)\"alt\"\r\n\r\n\(alt)\r\n--x1--\r\n"
        let bytes = Array(body.utf8) + (photo ?? []) + Array(end.utf8)
        return try await visitor.client.execute(
            uri: path, method: .post,
            headers: [
                .cookie: visitor.cookie ?? "", .origin: StaffSite.origin, .accept: "text/html",
                .contentType: "multipart/form-data; boundary=x1", .contentLength: "\(bytes.count)",
            ], body: ByteBuffer(bytes: bytes))
    }

    private static func shown(_ site: StaffSite) throws -> PublishedPhoto? {
        try MenuRepository(database: site.database).published().item(CafeFixture.soup)?.image
    }

    @Test func `a program puts a photo, and it is served from then on`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let answer = try await Self.put(PhotoFixture.jpeg, to: Self.path + "?alt=A+bowl%20%26%20bread", by: visitor)
            #expect(answer.status == .ok)
            let image = try #require(try answer.json()["image"] as? [String: Any])
            #expect(image["alt"] as? String == "A bowl & bread")
            #expect(try answer.json()["menuVersion"] as? Int == 2)
            let url = try #require(image["url"] as? String)
            // Photos are for everyone, also here.
            let file = try await visitor.client.execute(uri: url, method: .get)
            #expect(file.status == .ok)
            #expect(file.headers[.contentType] == "image/jpeg")
            #expect(file.headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(try Self.shown(site)?.url == url)
        }
    }

    @Test func `what is no photo is named as such, whatever its type says`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let answer = try await Self.put(Array("GIF89a".utf8), by: visitor)
            #expect(answer.status == .unprocessableContent)
            let errors = try answer.json()["errors"] as? [[String: String]]
            #expect(errors?.first?["field"] == "photo")
            #expect(
                try await Self.put(PhotoFixture.jpeg, type: "text/html", by: visitor).status == .unsupportedMediaType)
            // A true photo under another photo's type is a true photo.
            #expect(try await Self.put(PhotoFixture.webp, type: "image/png", by: visitor).status == .ok)
            #expect(
                try await Self.put(PhotoFixture.jpeg, to: "/api/menu/items/nothing/image", by: visitor).status
                    == .notFound)
        }
    }

    @Test func `more than 8 MiB is refused by its length`() async throws {
        let file = PhotoFixture.jpeg + [UInt8](repeating: 0, count: CheckPhoto.mostBytes)
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let answer = try await Self.put(file, by: visitor)
            #expect(answer.status == .contentTooLarge)
            let image = try Self.shown(site)
            #expect(image == nil)
        }
    }

    @Test func `without script the form uploads, describes and takes away`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let form = try await visitor.get("/menu/items/soup/photo", page: true)
            #expect(form.text.contains(#"enctype="multipart/form-data""#))
            #expect(form.text.contains("still-lifes"))
            let sent = try await Self.post(photo: PhotoFixture.jpeg, alt: "A bowl", by: visitor)
            #expect(sent.status == .seeOther)
            #expect(sent.headers[.location] == "/menu/items/soup/photo")
            #expect(try Self.shown(site)?.alt == "A bowl")
            let page = try await visitor.get("/menu/items/soup/photo", page: true)
            #expect(page.text.contains(#"alt="A bowl""#))
            #expect(page.text.contains("srcset="))
            let described = try await Self.post(photo: nil, alt: "Two <b>bowls</b> & bread", by: visitor)
            #expect(described.status == .seeOther)
            #expect(try Self.shown(site)?.alt == "Two bowls & bread")
            let removed = try await visitor.post(Self.path, form: "remove=true")
            #expect(removed.status == .seeOther)
            #expect(try Self.shown(site) == nil)
        }
    }

    @Test func `a refused form keeps what was typed and says what is wrong`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let answer = try await Self.post(photo: Array("%PDF-1.7".utf8), alt: "A \"bowl\"", by: visitor)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains(#"value="A &quot;bowl&quot;""#))
            #expect(answer.text.contains("not a JPEG, PNG or WebP photo"))
            let empty = try await Self.post(photo: [], alt: "A bowl", by: visitor)
            #expect(empty.status == .unprocessableContent)
            #expect(empty.text.contains("the file is empty"))
            let nothing = try await Self.post(photo: nil, alt: "A bowl", by: visitor)
            #expect(nothing.status == .unprocessableContent)
            let long = try await Self.post(
                photo: PhotoFixture.jpeg, alt: String(repeating: "x", count: 201), by: visitor)
            #expect(long.status == .unprocessableContent)
            #expect(try Self.shown(site) == nil)
        }
    }

    @Test func `a program describes a photo and takes it away with the form's own address`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let early = try await visitor.send(.post, Self.path, json: #"{"alt":"A bowl"}"#)
            #expect(early.status == .unprocessableContent)
            _ = try await Self.put(PhotoFixture.jpeg, by: visitor)
            let described = try await visitor.send(.post, Self.path, json: #"{"alt":"A bowl"}"#)
            #expect((try described.json()["image"] as? [String: Any])?["alt"] as? String == "A bowl")
            let removed = try await visitor.send(.post, Self.path, json: #"{"remove":true}"#)
            #expect(removed.status == .ok)
            #expect(try Self.shown(site) == nil)
        }
    }

    @Test func `each step is in the log with who took it and what it changed`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            _ = try await Self.put(PhotoFixture.jpeg, to: Self.path + "?alt=Soup", by: visitor)
            _ = try await visitor.send(.delete, Self.path)
            let rows = try site.database.read { transaction in
                try transaction.rows(
                    "SELECT action, difference, staff_id FROM action_log WHERE subject_id = 'soup' ORDER BY at_ms, action"
                )
            }
            #expect(try rows.map { try $0.text("action") } == ["menu.item_photo_added", "menu.item_photo_removed"])
            #expect(try rows.first?.text("difference").contains(#""alt":{"from":null,"to":"Soup"}"#) == true)
            #expect(try rows.allSatisfy { try $0.optionalText("staff_id") != nil })
        }
    }

    @Test func `a program takes a photo away, twice if it likes`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            _ = try await Self.put(PhotoFixture.jpeg, by: visitor)
            for _ in 0..<2 {
                let answer = try await visitor.send(.delete, Self.path)
                #expect(answer.status == .ok)
                #expect(try answer.json()["image"] == nil)
            }
            #expect(try await visitor.send(.delete, "/api/menu/items/nothing/image").status == .notFound)
        }
    }

    @Test func `while the storage is down guests see what they saw`() async throws {
        let down = StorageClient(
            store: { _ throws(StorageFailure) in throw .unavailable("HTTP 503") },
            remove: { _ throws(StorageFailure) in throw .unavailable("HTTP 503") })
        let site = try await StaffSite.open(storage: down)
        try await site.visit(as: .manager) { visitor in
            let answer = try await Self.put(PhotoFixture.jpeg, by: visitor)
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.headers[.retryAfter] == "60")
            let page = try await Self.post(photo: PhotoFixture.jpeg, alt: "A bowl", by: visitor)
            #expect(page.status == .serviceUnavailable)
            #expect(
                page.text.contains("can’t be stored just now") || page.text.contains("can&#39;t be stored just now"))
            #expect(try Self.shown(site) == nil)
            #expect(try CacheVersionRepository(database: site.database).current(.menu) == 1)
        }
    }
}
