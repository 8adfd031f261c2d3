import Testing

@testable import MuseShared

struct RequestTargetTests {
    @Test(arguments: [
        "/", "/menu", "/a/b/", "/a%20b", "/caf%C3%A9", "/x?y=../..&z=100%", "/a.b/..c", "/...", "/.well-known/x",
    ])
    func `ordinary paths pass`(target: String) {
        #expect(RequestTarget.isSane(target))
    }

    @Test(arguments: [
        "", "menu", "http://x/", "*", "/a/../b", "/..", "/a/.", "/a/%2e%2e/b", "/%2E./x", "/a%2f..%2fb", "/a%00b",
        "/a%0Ab",
        "/a%", "/a%2", "/a%zz", "/a\\b", "/é", "/a b", "/a\u{7f}", "/a#b",
    ])
    func `malformed and climbing paths are refused`(target: String) {
        #expect(!RequestTarget.isSane(target))
    }
}
