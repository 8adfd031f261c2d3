import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MuseTestSupport
import NIOCore
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct SendNotificationTests {
    private static func app(_ cafe: TemporaryDatabase) -> some ApplicationProtocol {
        let router = Router(context: VisitorContext.self)
        let action = SendNotificationAction<VisitorContext>(
            send: SendNotification(database: cafe.database), staffID: { _ in CafeFixture.barista },
            refused: { _, _, input, problem in
                let words = problem.errors.map { "\($0.field)=" }.joined() + (input.text ?? "")
                return Response(
                    status: .unprocessableContent, body: ResponseBody(byteBuffer: ByteBuffer(string: words)))
            })
        AdminEmailRoutes(sendNotification: action).add(to: router)
        return Application(router: router)
    }

    private func send(_ cafe: TemporaryDatabase, _ body: String, type: String) async throws -> TestResponse {
        try await Self.app(cafe).test(.router) { client in
            try await client.execute(
                uri: "/api/notifications", method: .post, headers: [.contentType: type], body: ByteBuffer(string: body))
        }
    }

    private func calls(_ cafe: TemporaryDatabase) throws -> Int64? {
        try cafe.database.first("SELECT COUNT(*) AS n FROM email_calls")?.int("n")
    }

    @Test func `a program is told that its message is queued`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let body = #"{"to":"ada@example.com","subject":"Hi","text":"Hello"}"#
        let response = try await send(cafe, body, type: "application/json")
        #expect(response.status == .accepted)
        #expect(String(buffer: response.body).contains(#""status":"queued""#))
        #expect(try calls(cafe) == 1)
    }

    @Test func `a form goes back to the order it was written from`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let id = try await CheckoutCounter(cafe: cafe).place()(CheckoutCounter.request()).order.id
        let form = "to=ada%40example.com&subject=Hi&text=Hello&orderId=\(id)"
        let response = try await send(cafe, form, type: "application/x-www-form-urlencoded")
        #expect(response.status == .seeOther)
        #expect(response.headers[.location] == "/orders/\(id)")
        #expect(try calls(cafe) == 1)
    }

    @Test func `a refused form is shown again with what was typed`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let response = try await send(
            cafe, "to=nobody&subject=Hi&text=Hello", type: "application/x-www-form-urlencoded")
        #expect(response.status == .unprocessableContent)
        #expect(String(buffer: response.body) == "to=Hello")
        #expect(try calls(cafe) == 0)
    }
}
