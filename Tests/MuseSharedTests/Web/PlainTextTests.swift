import Testing

@testable import MuseShared

struct PlainTextTests {
    private func clean(_ text: String, maximum: Int = 100, lines: PlainText.Lines = .one) throws -> String {
        try PlainText.clean(text, field: "note", maximum: maximum, lines: lines)
    }

    @Test(arguments: [
        "O'Brien", "Select Roast", "Union Street", "2 < 3", "<3", "a <b", "5 > 4 < 6", "'; DROP TABLE x", "Zoë & Çelik",
    ])
    func `what people type passes unharmed`(text: String) throws {
        #expect(try clean(text) == text)
    }

    @Test func `tags are removed, also those that removing one would form`() throws {
        #expect(try clean("<b>Anna</b>") == "Anna")
        #expect(try clean("a<script src=x>b</script>c") == "abc")
        #expect(try clean("<scr<b>ipt>x</scr</b>ipt>") == "x")
        #expect(try clean("<!-- x -->Anna") == "Anna")
    }

    @Test func `text is trimmed and brought to one form`() throws {
        #expect(try clean("  Zoe\u{308}\u{20}") == "Zo\u{eb}")
        #expect(try Array(clean("Zoe\u{308}").unicodeScalars).count == 3)
    }

    @Test(arguments: ["a\u{0}b", "a\nb", "a\u{1b}[31m", "a\u{202e}b", "a\u{7f}"])
    func `control characters are refused`(text: String) {
        #expect(throws: Problem.self) { try clean(text) }
    }

    @Test func `notes of several lines keep their lines`() throws {
        #expect(try clean("one\r\ntwo", lines: .many) == "one\ntwo")
    }

    @Test func `the limit counts characters as people do`() throws {
        #expect(try clean(String(repeating: "é", count: 100)).count == 100)
        #expect(throws: Problem.self) { try clean(String(repeating: "é", count: 101)) }
        #expect(throws: Problem.self) { try clean("a" + String(repeating: "\u{301}", count: 2000)) }
    }

    @Test func `patterns of SQL are seen, names and streets are not taken for them`() {
        #expect(PlainText.looksLikeSQL("' OR '1'='1"))
        #expect(PlainText.looksLikeSQL("x'; DROP TABLE orders"))
        #expect(PlainText.looksLikeSQL("1 UNION SELECT password"))
        #expect(!PlainText.looksLikeSQL("O'Brien or Union Street, select roast"))
    }
}
