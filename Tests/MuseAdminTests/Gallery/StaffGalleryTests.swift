import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct StaffGalleryTests {
    @Test func `every sample is shown whole to who is signed in`() async throws {
        let site = try await StaffSite.open()
        let samples = try GallerySamples(folders: site.program.site.folders)
        try await site.visit(as: .staff) { visitor in
            #expect(try await visitor.get("/gallery", page: true).status == .ok)
            for sample in samples.pages {
                let answer = try await visitor.get(
                    "/gallery/pages/\(sample.template)?sample=\(sample.state)", page: true)
                #expect(answer.status == .ok, "\(sample.template) \(sample.state)")
                #expect(!answer.text.contains("{{"), "\(sample.template) \(sample.state)")
            }
        }
    }

    @Test(arguments: ["/gallery", "/gallery/pages/kitchen/board-page", "/gallery/emails/order-ready.html"])
    func `without a session it is shut`(_ path: String) async throws {
        let site = try await StaffSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.get(path, page: true)
            #expect(answer.status == .seeOther)
        }
    }
}
