import Foundation

/// A webhook body signed by Python's `hmac`, which shares nothing with the code that verifies it.
struct SignedEvent: Sendable {
    let body: String
    let time: Int
    /// Hex, in the order of the secrets asked for.
    let codes: [String]

    static let secret = "whsec_muse_sandbox"

    /// What Stripe would put in the header for the first secret.
    var header: String { "t=\(time),v1=\(codes[0])" }

    static func body(_ id: String, _ type: String, session: String) -> String {
        #"{"id": "\#(id)", "object": "event", "type": "\#(type)", "data": {"object": {"id": "\#(session)"}}}"#
    }

    /// - Parameter offset: seconds added to the present.
    static func sign(
        _ body: String, secrets: [String] = [secret], offset: Int = 0, in folder: URL
    ) async throws -> SignedEvent {
        let time = Int(Date().timeIntervalSince1970) + offset
        let script = """
            import hashlib, hmac, sys
            body = sys.stdin.buffer.read()
            for secret in sys.argv[2:]:
                signed = sys.argv[1].encode() + b"." + body
                print(hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest())
            """
        let judged = try await run(
            "/usr/bin/python3", ["-c", script, "\(time)"] + secrets, in: folder, input: Data(body.utf8))
        let codes = judged.output.split(separator: "\n").map(String.init)
        guard judged.code == 0, codes.count == secrets.count else {
            throw NeverHappened(description: "python: \(judged.errors)")
        }
        return SignedEvent(body: body, time: time, codes: codes)
    }
}

extension RunningMuse {
    /// Sends a webhook as it is told to; nil leaves the header out.
    func deliver(_ body: String, signature: String?) async throws -> WebClient.Answer {
        try await guest.post(
            "/api/webhooks/stripe", body, headers: signature.map { ["Stripe-Signature": $0] } ?? [:])
    }

    /// Signs and sends in one go.
    func deliver(_ id: String, _ type: String, session: String) async throws -> WebClient.Answer {
        let event = try await SignedEvent.sign(SignedEvent.body(id, type, session: session), in: folder)
        return try await deliver(event.body, signature: event.header)
    }
}
