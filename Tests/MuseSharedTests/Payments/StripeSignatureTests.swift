import Foundation
import Testing

@testable import MuseShared

/// The expected signatures were computed by Python: `hmac.new(secret, f"{t}.".encode() + body, "sha256").hexdigest()`.
struct StripeSignatureTests {
    private let body = Data(#"{"id":"evt_1","object":"event"}"#.utf8)
    private let now = Timestamp(unixSeconds: 1_795_453_200)
    private let good = "ea1ad5afe4e43b8611ea51acedfd72b9a18821518822d63eb3f360420922646a"
    private let rolled = "11ec88560be639c57d568318b3f7924f3d65481b4ef220f1b26b9e9a2a379e07"

    private func isValid(_ header: String, secrets: [String] = ["whsec_one"], at: Timestamp? = nil) -> Bool {
        StripeSignature(secrets: secrets).isValid(header: header, body: body, now: at ?? now)
    }

    @Test func `a signature of Stripe's scheme is accepted`() {
        #expect(isValid("t=1795453200,v1=\(good)"))
    }

    @Test func `any v1 of several and any secret while they roll is accepted`() {
        #expect(isValid("t=1795453200,v1=\(String(repeating: "0", count: 64)),v1=\(good)"))
        #expect(isValid("t=1795453200,v1=\(rolled)", secrets: ["whsec_one", "whsec_two"]))
        #expect(!isValid("t=1795453200,v1=\(rolled)", secrets: ["whsec_one"]))
    }

    @Test func `one flipped bit at any place is refused`() throws {
        let bytes = try #require(Data(hexadecimal: good[...]))
        for bit in 0..<256 {
            var flipped = Array(bytes)
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!isValid("t=1795453200,v1=\(flipped.hexadecimal)"))
        }
    }

    @Test func `a time more than five minutes off is refused, both ways`() {
        let header = "t=1795453200,v1=\(good)"
        for offset in [300, -300] as [Int64] { #expect(isValid(header, at: now.adding(seconds: offset))) }
        for offset in [301, -301, 86_400, -86_400] as [Int64] {
            #expect(!isValid(header, at: now.adding(seconds: offset)))
        }
    }

    @Test(arguments: [
        "", "t=1795453200", "v1=GOOD", "t=1795453200,v0=GOOD", "t=,v1=GOOD", "t=abc,v1=GOOD", "t=-1795453200,v1=GOOD",
        "t=+1795453200,v1=GOOD", "t=01795453200,v1=GOOD", "t=1795453200.0,v1=GOOD", "t=9999999999999999999,v1=GOOD",
        "t=1795453200,t=1795453200,v1=GOOD", "t=1795453200,v1=", "t=1795453200,v1=zz", "t=1795453200;v1=GOOD",
        "t 1795453200,v1 GOOD", "T=1795453200,V1=GOOD", "t=1795453200,v1=GOOD0", "t=1795453201,v1=GOOD", ",,,,=,=",
    ])
    func `a malformed header is refused`(header: String) {
        #expect(!isValid(header.replacing("GOOD", with: good)))
    }
}
