import Foundation
import Mustache
import MuseTestSupport
import Testing

@testable import MuseShared

struct ScalarEscapingTests {
    private struct Value: Encodable {
        let text = "\"\u{301} onfocus=x <\u{301}b> '\u{301}"
    }

    /// A layout, a page in it, and a partial: each is a place where the engine could fall back to its own escaper.
    private func rendered() throws -> String {
        let root = FileManager.default.temporaryDirectory.appending(path: "muse-test-\(IDSource.live.next())")
        defer { try? FileManager.default.removeItem(at: root) }
        let templates = root.appending(path: "Templates")
        try FileManager.default.createDirectory(at: templates, withIntermediateDirectories: true)
        for (name, text) in [
            "layout": "<a title=\"{{text}}\">{{$content}}{{/content}}",
            "page": "{{<layout}}{{$content}}<b title=\"{{text}}\">{{> part}}{{/content}}{{/layout}}",
            "part": "<i title=\"{{text}}\">",
        ] {
            try Data(text.utf8).write(to: templates.appending(path: "\(name).mustache"))
        }
        let files = try SiteFiles(folders: SiteFolders(roots: [root]), isLive: false)
        return try files.current().render("page", try ViewTree.make(Value()))
    }

    @Test func `a quote before a combining mark does not end its attribute, in a layout, a page and a partial`() throws
    {
        let html = try rendered()
        #expect(html.unicodeScalars.filter { $0 == "\"" }.count == 6, "\(html)")
        #expect(html.unicodeScalars.filter { $0 == "<" }.count == 3)
        #expect(!html.unicodeScalars.contains("'"))
        // By bytes: as people see it, the mark makes one character of itself and the semicolon.
        #expect(Data(html.utf8).range(of: Data("&quot;".utf8)) != nil)
    }
}
