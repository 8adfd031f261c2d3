import Foundation
import HTTPTypes
import Logging
import MuseTestSupport
import Synchronization
import Testing

@testable import MuseShared

struct AttachPhotoTests {
    /// A storage in memory, which fails on demand. It knows no database: a write that is being committed may be the
    /// last to hold it.
    final class Shelf: Sendable {
        let files = Mutex<[MediaName: [UInt8]]>([:])
        let failure = Mutex<StorageFailure?>(nil)

        var storage: StorageClient {
            StorageClient(
                store: { file throws(StorageFailure) in
                    if let failure = self.failure.withLock({ $0 }) { throw failure }
                    self.files.withLock { $0[file.name] = file.bytes }
                },
                remove: { name throws(StorageFailure) in
                    if let failure = self.failure.withLock({ $0 }) { throw failure }
                    self.files.withLock { _ = $0.removeValue(forKey: name) }
                })
        }
    }

    /// A café and its shelf of photos.
    struct Ground: Sendable {
        let cafe: TemporaryDatabase
        let shelf = Shelf()
        let soup = PhotoSubject.item(CafeFixture.soup)

        init() async throws {
            cafe = try await TemporaryDatabase.cafe()
        }

        var storage: StorageClient { shelf.storage }

        private var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

        func attach(
            _ file: [UInt8] = PhotoFixture.jpeg, to subject: PhotoSubject? = nil, alt: String? = nil
        ) async throws(AttachPhoto.Refusal) -> AttachPhoto.Attached {
            try await AttachPhoto(database: cafe.database, storage: storage, logger: quiet)(
                AttachPhoto.Request(subject: subject ?? soup, file: file, alt: alt, staffID: CafeFixture.barista))
        }

        func refusal(_ file: [UInt8] = PhotoFixture.jpeg, to subject: PhotoSubject? = nil, alt: String? = nil) async
            -> AttachPhoto.Refusal?
        {
            do throws(AttachPhoto.Refusal) {
                _ = try await attach(file, to: subject, alt: alt)
                return nil
            } catch {
                return error
            }
        }

        func sweep() async throws -> Int {
            try await SweepPhotos(database: cafe.database, storage: storage, logger: quiet)()
        }

        var shown: Photo? {
            get throws { try PhotoRepository(database: cafe.database).photo(of: soup) }
        }

        var version: Int64 {
            get throws { try CacheVersionRepository(database: cafe.database).current(.menu) }
        }

        /// In the order of the alphabet: the clock of these tests stands still.
        func actions() throws -> [String] {
            try cafe.database.read { transaction in
                try transaction.rows("SELECT action FROM action_log ORDER BY action").map { try $0.text("action") }
            }
        }
    }

    @Test func `a photo is stored, linked, logged, and in the very next menu`() async throws {
        let ground = try await Ground()
        let menu = MenuCache(database: ground.cafe.database) { _ in true }
        #expect(try menu.current().published.item(CafeFixture.soup)?.image == nil)
        let attached = try await ground.attach(alt: "Soup in a blue bowl")
        #expect(attached.subjectName == "Tomato soup")
        #expect(attached.version == 2)
        let image = try #require(try menu.current().published.item(CafeFixture.soup)?.image)
        #expect(image.alt == "Soup in a blue bowl")
        #expect(image.url == "/media/\(attached.photo.id)-320.jpg")
        #expect(image.sourceSet(.webp) == "/media/\(attached.photo.id)-320.webp 320w")
        #expect(Set(ground.shelf.files.withLock { $0.keys }) == Set(attached.photo.names))
        #expect(try ground.actions() == ["menu.item_photo_added"])
    }

    @Test func `the same photo again changes nothing`() async throws {
        let ground = try await Ground()
        _ = try await ground.attach(alt: "Soup")
        #expect(try await ground.attach().version == 2)
        #expect(try ground.actions().count == 1)
        #expect(try ground.shown?.alt == "Soup")
    }

    @Test func `an unknown item is refused before anything is decoded or stored`() async throws {
        let ground = try await Ground()
        guard case .unknownSubject? = await ground.refusal(to: .item("nothing")) else {
            Issue.record("it was taken")
            return
        }
        #expect(ground.shelf.files.withLock { $0.isEmpty })
    }

    @Test func `a wrong file is refused with its reason, and nothing is stored`() async throws {
        let ground = try await Ground()
        guard case .badPhoto(.otherKind)? = await ground.refusal(Array("GIF89a".utf8)) else {
            Issue.record("it was taken")
            return
        }
        #expect(ground.shelf.files.withLock { $0.isEmpty })
        #expect(try ground.version == 1)
    }

    @Test func `a description has at most 200 characters`() async throws {
        let ground = try await Ground()
        guard case .altTooLong? = await ground.refusal(alt: String(repeating: "x", count: 201)) else {
            Issue.record("it was taken")
            return
        }
        _ = try await ground.attach(alt: String(repeating: "é", count: 200))
    }

    @Test func `while the storage is down nothing changes, and the sentence says so`() async throws {
        let ground = try await Ground()
        let before = try await ground.attach().photo
        ground.shelf.failure.withLock { $0 = .unavailable("HTTP 503") }
        let refusal = try #require(await ground.refusal(PhotoFixture.webp))
        #expect(refusal.problem.status == .serviceUnavailable)
        #expect(refusal.problem.retryAfter != nil)
        #expect(try ground.shown == before)
        #expect(try ground.version == 2)
        #expect(try ground.actions().count == 1)
    }

    @Test func `an upload that died before it was linked is swept a week later, and nothing else`() async throws {
        let ground = try await Ground()
        let shown = try await ground.attach().photo
        // What a process leaves that died between storing and linking.
        let orphan = try await PreparePhoto()(PhotoFixture.webp, try CheckPhoto()(PhotoFixture.webp))
        #expect(try await PhotoRepository(database: ground.cafe.database).begin(orphan.photo))
        for file in orphan.files { try await ground.storage.store(StoredFile(name: file.name, bytes: file.bytes)) }
        ground.cafe.clock.advance(seconds: SweepPhotos.keptSeconds)
        #expect(try await ground.sweep() == 0)
        ground.cafe.clock.advance(seconds: 1)
        #expect(try await ground.sweep() == 1)
        #expect(Set(ground.shelf.files.withLock { $0.keys }) == Set(shown.names))
    }

    @Test func `a sweep that was cut off goes on, and what is leaving can't be linked meanwhile`() async throws {
        let ground = try await Ground()
        _ = try await ground.attach()
        try await DetachPhoto(database: ground.cafe.database)(
            DetachPhoto.Request(subject: ground.soup, staffID: CafeFixture.barista))
        ground.cafe.clock.advance(seconds: SweepPhotos.keptSeconds + 1)
        ground.shelf.failure.withLock { $0 = .unavailable("HTTP 503") }
        #expect(try await ground.sweep() == 0)
        ground.shelf.failure.withLock { $0 = nil }
        guard case .busy? = await ground.refusal() else {
            Issue.record("a photo whose files are about to go was linked")
            return
        }
        #expect(try await ground.sweep() == 1)
        #expect(ground.shelf.files.withLock { $0.isEmpty })
        #expect(await ground.refusal() == nil)
    }

    @Test func `taking a photo away shows the drawing again and keeps the files for open pages`() async throws {
        let ground = try await Ground()
        _ = try await ground.attach()
        let detach = DetachPhoto(database: ground.cafe.database)
        let request = DetachPhoto.Request(subject: ground.soup, staffID: CafeFixture.barista)
        #expect(try await detach(request) == "Tomato soup")
        #expect(try ground.shown == nil)
        #expect(try ground.version == 3)
        #expect(ground.shelf.files.withLock { !$0.isEmpty })
        try await detach(request)
        #expect(try ground.actions() == ["menu.item_photo_added", "menu.item_photo_removed"])
    }

    @Test func `another photo takes the place of the first, which is kept for a while`() async throws {
        let ground = try await Ground()
        let first = try await ground.attach(alt: "Soup").photo
        let second = try await ground.attach(PhotoFixture.webp).photo
        #expect(try ground.shown?.id == second.id)
        #expect(try ground.shown?.alt == "Soup")
        #expect(ground.shelf.files.withLock { $0[first.names[0]] != nil })
        #expect(try ground.actions() == ["menu.item_photo_added", "menu.item_photo_changed"])
    }

    @Test func `a description is changed alone, and needs a photo`() async throws {
        let ground = try await Ground()
        let describe = DescribePhoto(database: ground.cafe.database)
        let request = DescribePhoto.Request(subject: ground.soup, alt: "Soup, seen from above", staffID: "barista")
        await #expect(throws: DescribePhoto.Refusal.self) { try await describe(request) }
        _ = try await ground.attach()
        try await describe(request)
        try await describe(request)
        #expect(try ground.shown?.alt == "Soup, seen from above")
        #expect(try ground.version == 3)
        #expect(try ground.actions() == ["menu.item_photo_added", "menu.item_photo_described"])
    }
}
