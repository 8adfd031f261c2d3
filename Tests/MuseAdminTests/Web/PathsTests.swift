import Testing

@testable import MuseAdmin

struct PathsTests {
    @Test(arguments: [
        "/board", "/orders?status=paid&q=ada", "/menu#item-soup", "/orders/abc123", "/menu/items/flat-white",
        "/promo-codes", "/promo-codes/abc",
    ])
    func `a page of ours is a place to go back to`(_ path: String) {
        #expect(Paths.known(path) == path)
    }

    @Test(arguments: [
        "", "board", "//evil.example", "https://evil.example", "/\\evil.example", "/api/auth/sign-out", "/sign-in",
        "/orders/abc/def", "/orders/", "/orders/ABC", "/menu/items/", "/boardx", "/orders/../x",
    ])
    func `anything else is not`(_ path: String) {
        #expect(Paths.known(path) == nil)
    }
}
