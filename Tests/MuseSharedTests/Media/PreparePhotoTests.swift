import Foundation
import MuseTestSupport
import Testing

@testable import MuseShared

struct PreparePhotoTests {
    private func prepared(_ file: [UInt8]) async throws -> PreparedPhoto {
        try await PreparePhoto()(file, try CheckPhoto()(file))
    }

    @Test func `a photo becomes WebP and JPEG of the widths it has, and nothing is enlarged`() async throws {
        let result = try await prepared(PhotoFixture.jpeg)
        #expect(result.photo.widths == [320])
        #expect((result.photo.width, result.photo.height) == (320, 240))
        #expect(result.files.map(\.name.description) == ["\(result.photo.id)-320.webp", "\(result.photo.id)-320.jpg"])
        for file in result.files {
            let header = try CheckedHeader.read(file.bytes)
            #expect(header.format == (file.name.form == .webp ? .webp : .jpeg))
            #expect((header.width, header.height) == (320, 240))
        }
        #expect(result.photo.placeholder.hasPrefix("data:image/webp;base64,"))
        #expect(result.photo.placeholder.utf8.count < 400)
    }

    @Test func `the same photo gets the same names, another one others`() async throws {
        let (first, again) = (try await prepared(PhotoFixture.jpeg), try await prepared(PhotoFixture.jpeg))
        #expect(first.photo == again.photo)
        #expect(try await prepared(PhotoFixture.webp).photo.id != first.photo.id)
    }

    @Test func `it is turned upright, and nothing but the picture is left`() async throws {
        let upload = PhotoFixture.jpegWithSecrets
        let secrets = ["secret note", "<?php", "<script>", "Exif", "ICCP", "EXIF", "XMP "]
        #expect(secrets.prefix(4).allSatisfy { upload.contains(text: $0) })
        let result = try await prepared(upload)
        // 480 × 360 stood on its side: the upright one is 360 wide.
        #expect(result.photo.width == 360)
        for file in result.files {
            for secret in secrets { #expect(!file.bytes.contains(text: secret), "\(file.name) holds \(secret)") }
        }
    }

    @Test(arguments: [PhotoFixture.png, PhotoFixture.webpLossless])
    func `what is transparent becomes paper`(_ file: [UInt8]) async throws {
        let result = try await prepared(file)
        #expect(!result.files.isEmpty)
        #expect(result.files.allSatisfy { !$0.bytes.contains(text: "ALPH") })
    }

    @Test func `a picture that only its decoder can see through is refused`() async throws {
        var jpeg = PhotoFixture.jpeg
        // The tables of the Huffman codes, so that no scan can be read.
        let table = try #require(jpeg.indices.first { jpeg[$0...].starts(with: [0xff, 0xc4]) })
        for place in (table + 5)..<(table + 21) { jpeg[place] = 0xfe }
        let header = try CheckPhoto()(jpeg)
        await #expect(throws: PreparePhoto.Refusal.self) { try await PreparePhoto()(jpeg, header) }
    }

    @Test func `a decoder that takes more memory than it may fails alone`() async throws {
        let process = LimitedProcess(limits: .init(addressSpaceBytes: 20_000_000))
        let header = try CheckPhoto()(PhotoFixture.jpeg)
        await #expect(throws: PreparePhoto.Refusal.self) {
            try await PreparePhoto(process: process)(PhotoFixture.jpeg, header)
        }
    }

    @Test func `no folder is left behind`() async throws {
        let workshop = PhotoWorkshop()
        let folder = try await workshop.open(with: [1, 2, 3])
        #expect(try await workshop.read("upload", in: folder) == [1, 2, 3])
        let rights = try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? NSNumber
        #expect(rights?.intValue == 0o700)
        await workshop.close(folder)
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test func `two are prepared at once, some wait, and the rest is told to come back`() async {
        let slots = DecodingSlots(slots: 2, places: 1)
        #expect(await slots.enter())
        #expect(await slots.enter())
        async let third = slots.enter()
        while await slots.waitingCount == 0 { await Task.yield() }
        #expect(await slots.enter() == false)
        await slots.leave()
        #expect(await third)
    }
}

private enum CheckedHeader {
    /// Our own files may be of any size.
    static func read(_ file: [UInt8]) throws -> PhotoHeader {
        let bytes = CheckedBytes(file)
        return bytes.begins(with: JPEGStructure.signature)
            ? try JPEGStructure.read(bytes) : try WebPStructure.read(bytes)
    }
}

extension [UInt8] {
    func contains(text: String) -> Bool {
        Data(self).range(of: Data(text.utf8)) != nil
    }
}
