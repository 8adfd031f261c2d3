import Testing

@testable import MuseShared

struct OriginTests {
    @Test func `an origin is written as browsers write it`() {
        #expect(Origin("HTTPS://NCMuse.co:443/")?.description == "https://ncmuse.co")
        #expect(Origin("http://localhost:8080")?.description == "http://localhost:8080")
        #expect(Origin("https://ncmuse.co")?.appending("/menu") == "https://ncmuse.co/menu")
    }

    @Test(arguments: [
        "*", "null", "", "ncmuse.co", "ftp://a", "https://a/b", "https://u@a", "https://a?b", "https://a:0",
    ])
    func `what is no origin is refused`(text: String) {
        #expect(Origin(text) == nil)
    }
}
