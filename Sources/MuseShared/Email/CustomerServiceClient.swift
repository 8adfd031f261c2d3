import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// How the staff site reaches the customer service, which owns all sending.
public struct CustomerServiceClient: Sendable {
    /// What came of a call, by what is to be done about it.
    public enum Failure: Error, Sendable, Equatable {
        /// Down, busy or not believing us just now: later again. It may have been taken all the same.
        case unavailable(String, retryAfter: Int64?)
        /// This message will never be taken.
        case refused(String)
    }

    /// Tells of a message under its idempotency key and returns the id that it was given.
    public var sendEmail: @Sendable (SendEmailBody) async throws(Failure) -> String

    public init(
        sendEmail: @escaping @Sendable (SendEmailBody) async throws(Failure) -> String = { _ throws(Failure) in
            throw .unavailable(
                "CustomerServiceClient.sendEmail was called and nothing stands behind it", retryAfter: nil)
        }
    ) {
        self.sendEmail = sendEmail
    }

    /// - Parameters:
    ///   - target: where the customer service listens.
    ///   - origin: the staff site's own public origin.
    ///   - http: must not follow redirects.
    public static func live(
        target: Origin, origin: Origin, token: ServiceToken, http: HTTPClient, clock: WallClock = .live
    ) -> CustomerServiceClient {
        let call = SendEmailCall(target: target, origin: origin, token: token, http: http, clock: clock)
        return CustomerServiceClient(sendEmail: { body async throws(Failure) in try await call(body) })
    }
}

/// One `POST /api/send-email` and its answer.
struct SendEmailCall: Sendable {
    static let path = "/api/send-email"

    let target: Origin
    let origin: Origin
    let token: ServiceToken
    let http: HTTPClient
    let clock: WallClock

    func callAsFunction(_ body: SendEmailBody) async throws(CustomerServiceClient.Failure) -> String {
        let (status, retryAfter, answer) = try await post(body)
        struct Accepted: Decodable {
            let id: String
        }
        if (200..<300).contains(status), let id = try? JSONDecoder().decode(Accepted.self, from: answer).id {
            return id
        }
        switch status {
        case 401, 403, 408, 429: throw .unavailable("HTTP \(status)", retryAfter: retryAfter)
        case 400..<500: throw .refused(Self.words(of: answer, status: status))
        default: throw .unavailable("HTTP \(status)", retryAfter: retryAfter)
        }
    }

    private func post(
        _ body: SendEmailBody
    ) async throws(CustomerServiceClient.Failure) -> (status: Int, retryAfter: Int64?, body: Data) {
        guard let bytes = try? JSONText.encode(body).data(using: .utf8),
            let authorization = token.header(method: "POST", path: Self.path, body: bytes, now: clock.now())
        else { throw .unavailable("no service secret", retryAfter: nil) }
        var request = HTTPClientRequest(url: target.appending(Self.path))
        request.method = .POST
        request.headers = [
            "Content-Type": "application/json", "Accept": "application/json", "Origin": origin.description,
            "Authorization": authorization,
        ]
        request.body = .bytes(ByteBuffer(data: bytes))
        do {
            let response = try await http.execute(request, timeout: .seconds(10))
            let answer = try await response.body.collect(upTo: 1 << 16)
            let retryAfter = response.headers.first(name: "Retry-After").flatMap { Int64($0) }
            return (Int(response.status.code), retryAfter, Data(buffer: answer))
        } catch {
            throw .unavailable("\(type(of: error))", retryAfter: nil)
        }
    }

    private static func words(of problem: Data, status: Int) -> String {
        struct Document: Decodable {
            let title: String?
            let detail: String?
        }
        let document = try? JSONDecoder().decode(Document.self, from: problem)
        return "HTTP \(status): \(document?.detail ?? document?.title ?? "")"
    }
}
