import Foundation
import Testing

@testable import MuseShared

/// What is done about each answer of SES.
struct SESAnswerTests {
    @Test(arguments: [
        (400, "MessageRejected", MailFailure.refused("MessageRejected")),
        (400, "BadRequestException", .refused("BadRequest")),
        (400, "MailFromDomainNotVerifiedException:http://internal.amazon.com/x", .refused("MailFromDomainNotVerified")),
        (400, "SendingPausedException", .laneStopped("SendingPaused")),
        (400, "com.amazonaws.sesv2#AccountSuspendedException", .laneStopped("AccountSuspended")),
        (403, "SignatureDoesNotMatch", .laneStopped("SignatureDoesNotMatch")),
        (429, "TooManyRequestsException", .retry("TooManyRequests")),
        (400, "LimitExceededException", .retry("LimitExceeded")),
        (500, "InternalFailure", .retry("InternalFailure")),
    ])
    func `an error is retried, final or stops the lane`(status: Int, type: String, expected: MailFailure) {
        #expect(SESAPI.failure(status: status, type: type, body: Data()) == expected)
    }

    @Test func `an error without a name is judged by its status`() {
        #expect(SESAPI.failure(status: 503, type: nil, body: Data("<html>".utf8)) == .retry("HTTP 503"))
        #expect(SESAPI.failure(status: 403, type: nil, body: Data()) == .laneStopped("HTTP 403"))
        let body = Data(#"{"__type":"com.amazonaws.ses#MessageRejected","message":"no"}"#.utf8)
        #expect(SESAPI.failure(status: 400, type: nil, body: body) == .refused("MessageRejected"))
    }

    @Test func `a client that nothing stands behind stops the lane and names itself`() async {
        await #expect(throws: MailFailure.laneStopped("MailClient.send was called and nothing stands behind it")) {
            try await MailClient().send(
                OutgoingEmail(id: "1", to: "a@b.co", subject: "", text: "", html: "", template: ""))
        }
    }
}
