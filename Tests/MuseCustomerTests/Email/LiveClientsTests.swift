import AsyncHTTPClient
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MuseTestSupport
import NIOCore
import NIOFoundationEssentialsCompat
import Synchronization
import Testing

@testable import MuseCustomer
@testable import MuseShared

/// The clients of outside services over real connections.
struct LiveClientsTests {
    private struct Letter: Decodable {
        struct Text: Decodable {
            let Data: String
        }
        struct Parts: Decodable {
            let Text: LiveClientsTests.Letter.Text
            let Html: LiveClientsTests.Letter.Text
        }
        struct Simple: Decodable {
            let Subject: Text
            let Body: Parts
        }
        struct Content: Decodable {
            let Simple: LiveClientsTests.Letter.Simple
        }
        struct Destination: Decodable {
            let ToAddresses: [String]
        }

        let FromEmailAddress: String
        let Destination: LiveClientsTests.Letter.Destination
        let Content: LiveClientsTests.Letter.Content
    }

    private static let letter = OutgoingEmail(
        id: "e1", to: "ada@example.com", subject: "Your umbrella ☂", text: "It waits.", html: "<p>It waits.</p>",
        template: "plain-message")

    /// Sends a letter to a provider that answers so, and returns what it was asked.
    private func send(
        _ answer: @escaping @Sendable () -> Response
    ) async throws -> (asked: (HTTPFields, Data)?, result: Result<String, MailFailure>) {
        let asked = Mutex<(HTTPFields, Data)?>(nil)
        let router = Router()
        router.post("/v2/email/outbound-emails") { request, _ in
            let body = Data(buffer: try await request.body.collect(upTo: 1 << 20))
            asked.withLock { $0 = (request.headers, body) }
            return answer()
        }
        let app = Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
        let result = try await app.test(.live) { client -> Result<String, MailFailure> in
            let endpoint = Origin(scheme: "http", host: "127.0.0.1", port: client.port)
            let mail = MailClient.live(
                EmailSettings(
                    accessKeyID: "AKID", secretAccessKey: Secret("secret"), region: "us-east-1", endpoint: endpoint,
                    from: "Muse & Co <hello@ncmuse.co>"),
                http: .shared)
            do throws(MailFailure) {
                return .success(try await mail.send(Self.letter))
            } catch {
                return .failure(error)
            }
        }
        return (asked.withLock { $0 }, result)
    }

    @Test func `a letter goes to SES signed and whole, and comes back with its id`() async throws {
        let (asked, result) = try await send {
            Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: #"{"MessageId":"m-1"}"#)))
        }
        #expect(try result.get() == "m-1")
        let (headers, body) = try #require(asked)
        let authorization = try #require(headers[.authorization])
        #expect(authorization.hasPrefix("AWS4-HMAC-SHA256 Credential=AKID/"))
        #expect(authorization.contains("SignedHeaders=content-type;host;x-amz-date,"))
        let letter = try JSONDecoder().decode(Letter.self, from: body)
        #expect(letter.FromEmailAddress == "Muse & Co <hello@ncmuse.co>")
        #expect(letter.Destination.ToAddresses == ["ada@example.com"])
        #expect(letter.Content.Simple.Subject.Data == "Your umbrella ☂")
        #expect(letter.Content.Simple.Body.Text.Data == "It waits.")
        #expect(letter.Content.Simple.Body.Html.Data == "<p>It waits.</p>")
    }

    @Test func `throttled, rejected and broken answers are told apart`() async throws {
        let throttled = try await send { Response(status: .tooManyRequests) }
        #expect(throttled.result == .failure(.retry("HTTP 429")))
        let rejected = try await send {
            var headers = HTTPFields()
            if let name = HTTPField.Name("x-amzn-ErrorType") { headers[name] = "MessageRejected" }
            return Response(status: .badRequest, headers: headers)
        }
        #expect(rejected.result == .failure(.refused("MessageRejected")))
        let down = try await send { Response(status: .serviceUnavailable) }
        #expect(down.result == .failure(.retry("HTTP 503")))
    }

    @Test func `nobody at the other end is a reason to try again`() async throws {
        let mail = MailClient.live(
            EmailSettings(
                accessKeyID: "AKID", secretAccessKey: Secret("secret"), region: "us-east-1",
                endpoint: Origin(scheme: "http", host: "127.0.0.1", port: 1), from: "hello@ncmuse.co"),
            http: .shared)
        do throws(MailFailure) {
            _ = try await mail.send(Self.letter)
            Issue.record("sent")
        } catch {
            guard case .retry = error else { throw error }
        }
    }

    @Test func `a call of the staff service is taken by the customer service`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let staff = Origin(scheme: "http", host: "localhost", port: 8081)
        let token = ServiceToken(secrets: [Secret("a service secret")])
        let router = Router(context: VisitorContext.self)
        let action = SendEmailAction(
            allowedOrigins: [staff], token: token, queue: QueueEmail(database: cafe.database))
        CustomerEmailRoutes(sendEmail: action).add(to: router)
        let app = Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
        try await app.test(.live) { client in
            let target = Origin(scheme: "http", host: "127.0.0.1", port: client.port)
            let customer = CustomerServiceClient.live(target: target, origin: staff, token: token, http: .shared)
            var body = SendEmailBody(to: "ada@example.com")
            body.subject = "Your umbrella"
            body.text = "It waits."
            body.idempotencyKey = "call-1"
            let id = try await customer.sendEmail(body)
            #expect(try await customer.sendEmail(body) == id)
            let foreign = CustomerServiceClient.live(
                target: target, origin: staff, token: ServiceToken(secrets: [Secret("another")]), http: .shared)
            await #expect(throws: CustomerServiceClient.Failure.self) { try await foreign.sendEmail(body) }
        }
        #expect(try cafe.database.first("SELECT COUNT(*) AS n FROM emails")?.int("n") == 1)
    }
}
