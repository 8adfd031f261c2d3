import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

extension MailClient {
    /// Amazon SES version 2, or whatever stands at `endpoint`.
    ///
    /// - Parameter http: must not follow redirects.
    public static func live(
        _ settings: EmailSettings, http: HTTPClient, clock: WallClock = .live
    ) -> MailClient {
        let api = SESAPI(settings: settings, http: http, clock: clock)
        return MailClient(send: { email async throws(MailFailure) in try await api.send(email) })
    }
}

/// `POST /v2/email/outbound-emails` and its answers
/// (docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html).
struct SESAPI: Sendable {
    static let path = "/v2/email/outbound-emails"
    /// Shorter than the outbox's lease, so that no other worker takes a message that is still on its way.
    static let timeout = TimeAmount.seconds(10)

    let settings: EmailSettings
    let http: HTTPClient
    let clock: WallClock

    func send(_ email: OutgoingEmail) async throws(MailFailure) -> String {
        let (status, type, body) = try await post(try Self.body(of: email, from: settings.from))
        guard (200..<300).contains(status) else { throw Self.failure(status: status, type: type, body: body) }
        struct Answer: Decodable {
            let MessageId: String
        }
        // Taken is taken: sending again for want of an id would make a second letter of it.
        return (try? JSONDecoder().decode(Answer.self, from: body).MessageId) ?? ""
    }

    private func post(_ body: Data) async throws(MailFailure) -> (status: Int, type: String?, body: Data) {
        var host = settings.endpoint.host
        if let port = settings.endpoint.port { host += ":\(port)" }
        var signed = SigV4.Request(method: "POST", host: host, path: Self.path, body: body)
        signed.headers = [("content-type", "application/json")]
        let signer = SigV4(
            accessKeyID: settings.accessKeyID, secretAccessKey: settings.secretAccessKey, region: settings.region,
            service: "ses")
        var request = HTTPClientRequest(url: settings.endpoint.appending(signed.target))
        request.method = .POST
        request.headers = HTTPHeaders(signer.headers(for: signed, at: clock.now()).map { ($0.name, $0.value) })
        request.body = .bytes(ByteBuffer(data: body))
        do {
            let response = try await http.execute(request, timeout: Self.timeout)
            let type = response.headers.first(name: "x-amzn-ErrorType")
            let answer = try await response.body.collect(upTo: 1 << 16)
            return (Int(response.status.code), type, Data(buffer: answer))
        } catch {
            throw .retry("\(Swift.type(of: error))")
        }
    }

    /// The error's name comes in a header, `MessageRejected:http://…`, or in the body, `com.amazonaws.ses#…`.
    static func failure(status: Int, type: String?, body: Data) -> MailFailure {
        struct Answer: Decodable {
            let __type: String?
        }
        let named = type ?? (try? JSONDecoder().decode(Answer.self, from: body).__type)
        let name = named.flatMap { $0.split(separator: ":").first?.split(separator: "#").last.map(String.init) }
            .map { $0.hasSuffix("Exception") ? String($0.dropLast("Exception".count)) : $0 }
        switch (name, status) {
        case ("MessageRejected", _), ("BadRequest", _), ("MailFromDomainNotVerified", _):
            return .refused(name ?? "")
        case ("SendingPaused", _), ("AccountSuspended", _):
            return .laneStopped(name ?? "")
        case (_, 401), (_, 403):
            // Wrong credentials, a wrong clock or a missing permission: no fault of the message.
            return .laneStopped(name ?? "HTTP \(status)")
        default:
            return .retry(name ?? "HTTP \(status)")
        }
    }

    static func body(of email: OutgoingEmail, from sender: String) throws(MailFailure) -> Data {
        let body = Body(
            FromEmailAddress: sender, Destination: .init(ToAddresses: [email.to]),
            Content: .init(
                Simple: .init(
                    Subject: .init(email.subject),
                    Body: .init(Text: .init(email.text), Html: .init(email.html)))),
            EmailTags: [
                .init(Name: "template", Value: email.template), .init(Name: "email", Value: email.id),
            ])
        do {
            return try JSONEncoder().encode(body)
        } catch {
            throw .refused("not encodable")
        }
    }

    /// Named as SES names them.
    private struct Body: Encodable {
        struct Text: Encodable {
            let Data: String
            let Charset = "UTF-8"

            init(_ text: String) {
                Data = text
            }
        }
        struct Parts: Encodable {
            let Text: SESAPI.Body.Text
            let Html: SESAPI.Body.Text
        }
        struct Simple: Encodable {
            let Subject: Text
            let Body: Parts
        }
        struct Content: Encodable {
            let Simple: SESAPI.Body.Simple
        }
        struct Destination: Encodable {
            let ToAddresses: [String]
        }
        struct Tag: Encodable {
            let Name: String
            let Value: String
        }

        let FromEmailAddress: String
        let Destination: SESAPI.Body.Destination
        let Content: SESAPI.Body.Content
        let EmailTags: [Tag]
    }
}
