import Testing

@testable import MuseShared

struct MultipartFormTests {
    private func read(_ text: String, boundary: String = "b") throws(Problem) -> MultipartForm {
        try MultipartForm(Array(text.utf8), boundary: boundary)
    }

    private static let good =
        "--b\r\nContent-Disposition: form-data; name=\"alt\"\r\n\r\nSoup, \u{e9}\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a \u{e9}.jpg\"\r\n"
        + "Content-Type: image/jpeg\r\n\r\n\u{ff}\r\n--\r\n--c\r\n--b--\r\n"

    @Test func `fields and files as browsers send them`() throws {
        let form = try read(Self.good)
        #expect(form.fields == FormFields(pairs: [.init(name: "alt", value: "Soup, é")]))
        #expect(form.file("photo") == Array("\u{ff}\r\n--\r\n--c".utf8))
        #expect(form.file("alt") == nil)
        #expect(form.parts.map(\.fileName) == [nil, "a é.jpg"])
    }

    @Test func `any byte may be in a file`() throws {
        let content = (0...255).map { UInt8($0) } + Array("\r\n--".utf8) + [13, 13, 10, 45]
        let body =
            Array("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n".utf8) + content
            + Array("\r\n--b--\r\n".utf8)
        #expect(try MultipartForm(body, boundary: "b").file("f") == content)
    }

    @Test func `a form without parts is read`() throws {
        #expect(try read("--b--\r\n").parts.isEmpty)
        #expect(try read("--b--").parts.isEmpty)
    }

    @Test(arguments: [
        "", "--b", "--b\r\n", "--c--\r\n", "preamble\r\n--b--\r\n", "--b--\r\nepilogue", "--b--x",
        "--b\r\n\r\nno head\r\n--b--\r\n", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b",
        "--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--b--\r\n",
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--\r\n",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n--b--\r\n",
        "--b\r\nContent-Disposition form-data\r\n\r\nx\r\n--b--\r\n",
    ])
    func `what no browser writes is refused`(_ text: String) {
        #expect(throws: Problem.self) { try read(text) }
    }

    @Test func `a body cut off anywhere is refused, and nothing traps`() {
        let body = Array(Self.good.utf8)
        for length in 0..<(body.count - 2) {
            #expect(throws: Problem.self) { try MultipartForm(Array(body.prefix(length)), boundary: "b") }
        }
    }

    @Test func `text that is no UTF-8 is refused, and so are too many parts`() {
        let part = Array("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".utf8)
        #expect(throws: Problem.self) {
            try MultipartForm(part + [0xff, 0xfe] + Array("\r\n--b--\r\n".utf8), boundary: "b")
        }
        let many = Array(repeating: part + Array("x\r\n".utf8), count: 17).flatMap { $0 } + Array("--b--\r\n".utf8)
        #expect(throws: Problem.self) { try MultipartForm(many, boundary: "b") }
    }
}
