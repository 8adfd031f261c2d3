import MuseTestSupport
import Testing

@testable import MuseShared

struct CheckPhotoTests {
    private let check = CheckPhoto()

    private func fault(_ file: [UInt8]) -> PhotoFault? {
        do throws(PhotoFault) {
            _ = try check(file)
            return nil
        } catch {
            return error
        }
    }

    @Test func `true photos tell their kind and size`() throws {
        #expect(try check(PhotoFixture.jpeg) == PhotoHeader(format: .jpeg, width: 320, height: 320))
        #expect(try check(PhotoFixture.jpegWithSecrets) == PhotoHeader(format: .jpeg, width: 480, height: 360))
        #expect(try check(PhotoFixture.webp) == PhotoHeader(format: .webp, width: 320, height: 320))
        #expect(try check(PhotoFixture.webpLossless) == PhotoHeader(format: .webp, width: 320, height: 400))
        #expect(try check(PhotoFixture.png) == PhotoHeader(format: .png, width: 400, height: 340))
    }

    @Test func `what phones append behind the end of a photo does no harm`() throws {
        #expect(try check(PhotoFixture.jpeg + Array("SEFT trailer".utf8)).width == 320)
        #expect(try check(PhotoFixture.png + [0, 1, 2]).width == 400)
    }

    @Test(arguments: [
        "<!doctype html><script>alert(1)</script>", "GIF89a\u{1}\u{0}\u{1}\u{0}", "PK\u{3}\u{4}", "%PDF-1.7",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"400\" height=\"400\"/>", "BM",
        "RIFF\u{4}\u{0}\u{0}\u{0}WAVE",
        "\u{0}", "II*\u{0}", "#!/bin/sh",
    ])
    func `other kinds are not taken, whatever they are called`(_ content: String) {
        #expect(fault(Array(content.utf8)) == .otherKind)
    }

    @Test func `phones' own kind gets a hint`() {
        #expect(fault(Array("\u{0}\u{0}\u{0}\u{18}ftypheic".utf8)) == .appleKind)
    }

    @Test func `an empty file and one of 8 MiB and a byte`() {
        #expect(fault([]) == .empty)
        let filling = [UInt8](repeating: 0, count: CheckPhoto.mostBytes - PhotoFixture.jpeg.count)
        #expect(fault(PhotoFixture.jpeg + filling) == nil)
        #expect(fault(PhotoFixture.jpeg + filling + [0]) == .tooHeavy)
    }

    @Test(arguments: [
        PhotoFixture.jpeg, PhotoFixture.jpegWithSecrets, PhotoFixture.png, PhotoFixture.webp,
        PhotoFixture.webpLossless,
    ])
    func `a photo cut off anywhere is damaged, and nothing traps`(_ photo: [UInt8]) {
        for length in 1..<photo.count {
            let found = fault(Array(photo.prefix(length)))
            #expect(
                found == .damaged || (length < 12 && found == .otherKind), "\(length): \(String(describing: found))")
        }
    }

    @Test func `any flipped byte is found or harmless, and nothing traps`() {
        for photo in [PhotoFixture.jpeg, PhotoFixture.png, PhotoFixture.webp] {
            for place in photo.indices {
                var changed = photo
                changed[place] ^= 0xff
                _ = fault(changed)
            }
        }
    }

    @Test func `a header of 50,000 × 50,000 is refused by its numbers`() {
        var jpeg = PhotoFixture.jpeg
        let frame = jpeg.indices.first { jpeg[$0...].starts(with: [0xff, 0xc0]) } ?? 0
        jpeg.replaceSubrange((frame + 5)...(frame + 8), with: [0xc3, 0x50, 0xc3, 0x50])
        #expect(fault(jpeg) == .tooManyPixels(width: 50_000, height: 50_000))
        var webp = PhotoFixture.webpLossless
        webp.replaceSubrange(21...24, with: [0xff, 0xff, 0xff, 0x0f])
        #expect(fault(webp) == .tooManyPixels(width: 16_384, height: 16_384))
    }

    @Test func `few bytes may not claim many pixels`() {
        var jpeg = PhotoFixture.jpeg
        let frame = jpeg.indices.first { jpeg[$0...].starts(with: [0xff, 0xc0]) } ?? 0
        jpeg.replaceSubrange((frame + 5)...(frame + 8), with: [0x17, 0x70, 0x1f, 0x40])
        #expect(fault(jpeg) == .tooManyPixels(width: 8000, height: 6000))
        // With the bytes that such a photo has, it may.
        #expect(fault(jpeg + [UInt8](repeating: 0, count: 500_000)) == nil)
    }

    @Test func `a changed chunk of a PNG does not match its sum`() {
        var png = PhotoFixture.png
        png[50] ^= 1
        #expect(fault(png) == .damaged)
        var dimension = PhotoFixture.png
        dimension[18] = 0x02
        #expect(fault(dimension) == .damaged)
    }

    @Test func `a photo too small for a phone is refused with its size`() {
        var webp = PhotoFixture.webp
        // The width of the lossy picture stands 26 bytes in.
        webp.replaceSubrange(26...27, with: [0x3f, 0x01])
        #expect(fault(webp) == .tooSmall(width: 319, height: 320))
    }

    @Test func `more scans than any camera writes are refused`() {
        let photo = PhotoFixture.jpeg
        let scan = photo.indices.first { photo[$0...].starts(with: [0xff, 0xda]) } ?? 0
        let scans = Array(repeating: photo[scan..<(photo.count - 2)], count: 101).flatMap { $0 }
        #expect(fault(Array(photo[..<scan]) + scans + [0xff, 0xd9]) == .damaged)
        let fewer = Array(repeating: photo[scan..<(photo.count - 2)], count: 100).flatMap { $0 }
        #expect(fault(Array(photo[..<scan]) + fewer + [0xff, 0xd9]) == nil)
    }
}
