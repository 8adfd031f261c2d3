import Foundation
import Testing

extension EndToEnd {
    @Suite struct WebhookSignatureTests {
        private static let type = "checkout.session.completed"

        /// A paid order of which the service has not heard: only a webhook of this test can tell it.
        private static func paidInSecret(_ muse: RunningMuse) async throws -> PlacedOrder {
            try await muse.fault("webhooks", "drop")
            let order = try await muse.place()
            try await muse.pay(order)
            return order
        }

        @Test func `a forged or replayed webhook changes nothing, and the true one counts`() async throws {
            try await RunningMuse.run { muse in
                let order = try await Self.paidInSecret(muse)
                let before = try muse.written()
                let body = SignedEvent.body("evt_true", Self.type, session: order.session)
                let good = try await SignedEvent.sign(
                    body, secrets: [SignedEvent.secret, "whsec_wrong"], in: muse.folder)
                let old = try await SignedEvent.sign(body, offset: -310, in: muse.folder)
                let future = try await SignedEvent.sign(body, offset: 310, in: muse.folder)
                for (name, header) in Self.wrongHeaders(good) + [("old", old.header), ("future", future.header)] {
                    let answer = try await muse.deliver(body, signature: header)
                    #expect(answer.status == 400, "\(name)")
                }
                #expect(try await muse.deliver(body, signature: nil).status == 400)
                for position in 0..<64 {
                    let code = Self.flipped(good.codes[0], at: position)
                    #expect(try await muse.deliver(body, signature: "t=\(good.time),v1=\(code)").status == 400)
                    let changed = Self.flipped(body, bit: position * (body.utf8.count * 8 - 1) / 63)
                    #expect(try await muse.deliver(changed, signature: good.header).status == 400)
                }
                #expect(try muse.written() == before)
                #expect(try muse.status(of: order.id) == "awaitingPayment")

                #expect(try await muse.deliver(body, signature: good.header).status == 200)
                #expect(try muse.status(of: order.id) == "paid")
                #expect(try muse.outcome(ofEvent: "evt_true") == "fulfilled")
            }
        }

        private static func wrongHeaders(_ good: SignedEvent) -> [(String, String)] {
            let (time, code, wrong) = (good.time, good.codes[0], good.codes[1])
            return [
                ("another secret", "t=\(time),v1=\(wrong)"), ("v0", "t=\(time),v0=\(code)"), ("empty", ""),
                ("no time", "v1=\(code)"), ("no code", "t=\(time)"), ("empty code", "t=\(time),v1="),
                ("no number", "t=now,v1=\(code)"), ("another time", "t=\(time + 1),v1=\(code)"),
                ("two times", "t=\(time),t=\(time),v1=\(code)"), ("negative", "t=-\(time),v1=\(code)"),
                ("a zero before", "t=0\(time),v1=\(code)"), ("huge", "t=99999999999999999999999,v1=\(code)"),
                ("short", "t=\(time),v1=\(code.dropLast())"), ("long", "t=\(time),v1=\(code)0"),
                ("no hex", "t=\(time),v1=\(code.dropLast())g"), ("no names", "\(time),\(code)"),
                ("semicolons", "t=\(time);v1=\(code)"),
                ("base64", "t=\(time),v1=\(Data(code.utf8).base64EncodedString())"),
                ("v11", "t=\(time),v11=\(code)"), ("words", "let me in"), ("fraction", "t=\(time).0,v1=\(code)"),
            ]
        }

        /// The hex digit at a position with its lowest bit turned.
        private static func flipped(_ code: String, at position: Int) -> String {
            var digits = Array(code)
            let value = (digits[position].hexDigitValue ?? 0) ^ 1
            digits[position] = Character(String(value, radix: 16))
            return String(digits)
        }

        private static func flipped(_ body: String, bit: Int) -> String {
            var bytes = Array(body.utf8)
            // The lower seven bits keep it ASCII, so that the text is sent as it is.
            bytes[bit / 8] ^= 1 << (bit % 7)
            return String(decoding: bytes, as: UTF8.self)
        }

        @Test func `while secrets roll both are taken and no third`() async throws {
            var options = RunningMuse.Options()
            options.settings = ["STRIPE_WEBHOOK_SECRET": "\(SignedEvent.secret), whsec_second"]
            try await RunningMuse.run(options) { muse in
                let order = try await Self.paidInSecret(muse)
                let body = SignedEvent.body("evt_rolled", Self.type, session: order.session)
                let codes = try await SignedEvent.sign(
                    body, secrets: ["whsec_third", "whsec_second"], in: muse.folder)
                #expect(try await muse.deliver(body, signature: codes.header).status == 400)
                let both = "t=\(codes.time),v1=\(codes.codes[0]),v1=\(codes.codes[1]),v0=\(codes.codes[0])"
                #expect(try await muse.deliver(body, signature: both).status == 200)
                #expect(try muse.status(of: order.id) == "paid")
                #expect(
                    try await muse.deliver("evt_first", Self.type, session: order.session).status == 200)
                #expect(try muse.outcome(ofEvent: "evt_first") == "unchanged")
            }
        }

        @Test func `a webhook that is signed but malformed is refused and leaves nothing`() async throws {
            try await RunningMuse.run { muse in
                let before = try muse.written()
                let deep = String(repeating: "[", count: 100_000)
                let wrong = [
                    "", "null", "[]", "{}", "{", #"{"id": 1, "type": "x", "data": {"object": {"id": "y"}}}"#,
                    #"{"id": "evt_1", "type": "x"}"#, #"{"id": "evt_1", "type": "x", "data": {"object": []}}"#,
                    #"{"id": "evt_1", "type": null, "data": {"object": {"id": "y"}}}"#, deep,
                    #"{"id": "evt_1", "type": "x", "data": "# + deep, "\u{0}", #""evt""#,
                ]
                for body in wrong {
                    let event = try await SignedEvent.sign(body, in: muse.folder)
                    let answer = try await muse.deliver(body, signature: event.header)
                    #expect(answer.status == 400, "\(body.prefix(60))")
                }
                let large = #"{"id": "\#(String(repeating: "x", count: 262_144))"}"#
                let event = try await SignedEvent.sign(large, in: muse.folder)
                #expect(try await muse.deliver(large, signature: event.header).status == 413)
                let full = String(repeating: "x", count: 262_144)
                #expect(try await muse.deliver(full, signature: "t=1,v1=2").status == 400)
                #expect(try muse.written() == before)
                #expect(try await muse.guest.get("/healthz").status == 200)
            }
        }
    }
}
