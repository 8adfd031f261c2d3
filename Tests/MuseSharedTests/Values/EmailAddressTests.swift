import Testing

@testable import MuseShared

struct EmailAddressTests {
    @Test(arguments: [
        "a@x.com", "o'brien+order@x-y.co.uk", "A.B_c@X.COM", " a@x.com ", "hi@xn--caf-dma.example", "1@1.fr",
    ])
    func `an address that SES takes`(_ text: String) {
        #expect(EmailAddress(text) != nil)
    }

    @Test(arguments: [
        "a..b@x.com", ".a@x.com", "a.@x.com", "a@x..com", "a@.x.com", "a@x", "a@-x.com", "a@x-.com", "a@x_y.com",
        "@x.com",
        "a@x.com, b@x.com", "a@x.com\r\nBcc: b@x.com", "ａ@x.com", "zoë@x.com", "a@café.example", "a b@x.com",
        "a@b@x.com",
    ])
    func `an address that it would refuse`(_ text: String) {
        #expect(EmailAddress(text) == nil)
    }
}
