import Foundation
import Hummingbird
import Logging

/// `POST /v2/email/outbound-emails`, behind a verified signature.
struct SESRoutes: Sendable {
    let verify: SignatureVerification
    let mailbox: Mailbox
    let faults: FaultSwitchboard
    let logger: Logger

    func add(to router: Router<SandboxContext>) {
        router.post("v2/email/outbound-emails") { request, context in
            let requestID = UUID().uuidString.lowercased()
            do throws(SESRefusal) {
                let mail = try await accept(request, context)
                logger.info("mail \(mail.id) \(mail.subject)")
                var headers = HTTPFields()
                headers[named: "x-amzn-RequestId"] = requestID
                return try Self.answer(mail.id, headers)
            } catch {
                logger.info("mail refused: \(error.type)")
                return try error.response(requestID: requestID)
            }
        }
    }

    private static func answer(_ id: String, _ headers: HTTPFields) throws(SESRefusal) -> Response {
        guard let response = try? Response.json(["MessageId": .string(id)], headers: headers) else {
            throw SESRefusal(status: 500, type: "InternalFailure", message: "The answer could not be encoded.")
        }
        return response
    }

    private func accept(_ request: Request, _ context: SandboxContext) async throws(SESRefusal) -> SentMail {
        let fault = faults.strike(.ses)
        try await strike(fault, context)
        guard let body = try? await request.bounded() else {
            throw SESRefusal(status: 413, type: "RequestEntityTooLargeException", message: "The request is too large.")
        }
        try verify(request, body: body, now: Date())
        guard let json = try? JSON.decoded(body) else { throw .badRequest("The JSON could not be parsed.") }
        let mail = try OutboundEmail(body: json).read(id: "0100\(UUID().uuidString.lowercased())-000000")
        mailbox.add(mail)
        if fault?.mode == .cut { throw await closed(context) }
        return mail
    }

    private func strike(_ fault: FaultSwitchboard.Fault?, _ context: SandboxContext) async throws(SESRefusal) {
        switch fault?.mode {
        case .down:
            throw SESRefusal(status: 503, type: "ServiceUnavailable", message: "The sandbox plays dead.")
        case .refuse:
            throw await closed(context)
        case .throttle:
            throw SESRefusal(status: 429, type: "TooManyRequestsException", message: "Maximum sending rate exceeded.")
        case .paused:
            throw SESRefusal(status: 400, type: "SendingPausedException", message: "Email sending is paused.")
        case .suspended:
            throw SESRefusal(status: 400, type: "AccountSuspendedException", message: "The account is suspended.")
        case .slow:
            try? await Task.sleep(for: .seconds(fault?.delay ?? 0))
        default: break
        }
    }

    private func closed(_ context: SandboxContext) async -> SESRefusal {
        try? await context.channel.close()
        return SESRefusal(status: 503, type: "ServiceUnavailable", message: "Closed on purpose.")
    }
}
