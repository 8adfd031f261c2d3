import HTTPTypes
import MuseTestSupport
import Testing

@testable import MuseShared

struct QueueEmailTests {
    private func plain(_ change: (inout SendEmailBody) -> Void = { _ in }) -> SendEmailBody {
        var body = SendEmailBody(to: "ada@example.com")
        body.subject = "Your umbrella"
        body.text = "Hello Ada,\n\nit waits behind the bar."
        change(&body)
        return body
    }

    private func count(_ desk: EmailDesk) throws -> Int64? {
        try desk.database.first("SELECT COUNT(*) AS n FROM emails")?.int("n")
    }

    /// The fields that a body is refused for; empty if it was taken.
    private func refusedFields(_ body: SendEmailBody) async throws -> [String] {
        let desk = try await EmailDesk()
        do throws(QueueEmail.Refusal) {
            _ = try await QueueEmail(database: desk.database)(.init(body: body, callCode: "code"))
            return []
        } catch {
            #expect(error.problem.status == .unprocessableContent)
            #expect(try count(desk) == 0)
            return error.problem.errors.map(\.field)
        }
    }

    @Test func `the same key and body is one message with one id`() async throws {
        let desk = try await EmailDesk()
        let queue = QueueEmail(database: desk.database)
        let body = plain { $0.idempotencyKey = "k" }
        let first = try await queue(.init(body: body, callCode: "1"))
        let second = try await queue(.init(body: body, callCode: "2"))
        #expect(first == second)
        #expect(try count(desk) == 1)
    }

    @Test func `the same key with another body is refused`() async throws {
        let desk = try await EmailDesk()
        let queue = QueueEmail(database: desk.database)
        _ = try await queue(.init(body: plain { $0.idempotencyKey = "k" }, callCode: "1"))
        do throws(QueueEmail.Refusal) {
            let other = plain {
                $0.idempotencyKey = "k"
                $0.subject = "Another"
            }
            _ = try await queue(.init(body: other, callCode: "2"))
            Issue.record("taken")
        } catch {
            #expect(error.problem.errors.map(\.field) == ["idempotencyKey"])
        }
        #expect(try count(desk) == 1)
    }

    @Test func `a call played again without a key makes no second letter`() async throws {
        let desk = try await EmailDesk()
        let queue = QueueEmail(database: desk.database)
        let first = try await queue(.init(body: plain(), callCode: "code"))
        #expect(try await queue(.init(body: plain(), callCode: "code")) == first)
        #expect(try await queue(.init(body: plain(), callCode: "later")) != first)
    }

    @Test func `a caller can't use up the key of an order's own letter`() async throws {
        let desk = try await EmailDesk()
        let queue = QueueEmail(database: desk.database)
        let counter = CheckoutCounter(cafe: desk.cafe)
        let id = try await counter.place()(CheckoutCounter.request()).order.id
        _ = try await queue(
            .init(body: plain { $0.idempotencyKey = "order-confirmed:\(id)" }, callCode: "1"))
        counter.stripe.pay("cs_test_1")
        try await counter.settle(orderID: id)
        let letter = try desk.database.first("SELECT id FROM emails WHERE template = 'order-confirmed'")
        #expect(letter != nil)
    }

    @Test(arguments: [
        "", "ada", "ada@", "@example.com", "ada@example", "a b@example.com", "ada@example.com\r\nBcc: eve@example.com",
        "ada@example.com, eve@example.com", "Ada <ada@example.com>", "ada@exa\nmple.com",
    ])
    func `an address that can't be one is refused`(address: String) async throws {
        #expect(try await refusedFields(plain { $0.to = address }) == ["to"])
    }

    @Test(arguments: [
        "", "   ", "Hello\r\nBcc: eve@example.com", "Hello\nthere", "a\u{0}b", String(repeating: "x", count: 201),
    ])
    func `a subject that is no line of text is refused`(subject: String) async throws {
        #expect(try await refusedFields(plain { $0.subject = subject }) == ["subject"])
    }

    @Test func `missing, long and mixed fields are refused by name`() async throws {
        #expect(try await refusedFields(plain { $0.text = nil }) == ["text"])
        #expect(try await refusedFields(plain { $0.text = String(repeating: "x", count: 8_001) }) == ["text"])
        #expect(try await refusedFields(plain { $0.text = String(repeating: "x", count: 8_000) }) == [])
        #expect(try await refusedFields(plain { $0.data = .object([:]) }) == ["data"])
        #expect(try await refusedFields(plain { $0.orderId = "nobodys" }) == ["orderId"])
        #expect(try await refusedFields(plain { $0.idempotencyKey = "" }) == ["idempotencyKey"])
    }

    @Test func `an unknown template and an unknown field of a template are refused`() async throws {
        var body = SendEmailBody(to: "ada@example.com")
        body.template = "win-a-prize"
        #expect(try await refusedFields(body) == ["template"])
        body.template = "plain-message"
        body.data = .object(["subject": .text("Hi"), "text": .text("Hello"), "colour": .text("red")])
        #expect(try await refusedFields(body) == ["data.colour"])
        body.data = .object(["subject": .text("Hi"), "text": .text("Hello")])
        #expect(try await refusedFields(body) == [])
    }

    @Test func `a letter of an order by its template needs all of its fields and the order`() async throws {
        let desk = try await EmailDesk()
        let id = try await desk.paidOrder()
        let row = try #require(try desk.database.first("SELECT data FROM emails WHERE template = 'order-confirmed'"))
        var body = SendEmailBody(to: "grace@example.com")
        body.template = "order-confirmed"
        body.data = try EmailValue(json: try row.text("data"))
        #expect(try await refusedFields(body) == ["orderId"])
        body.orderId = id
        _ = try await QueueEmail(database: desk.database)(.init(body: body, callCode: "1"))
        body.data = body.data?.adding("promiseWords", .integer(3))
        do throws(QueueEmail.Refusal) {
            _ = try await QueueEmail(database: desk.database)(.init(body: body, callCode: "2"))
            Issue.record("taken")
        } catch {
            #expect(error.problem.errors.map(\.field) == ["data.promiseWords"])
        }
    }

    @Test func `a caller's markup reaches nobody, its words do`() async throws {
        let desk = try await EmailDesk()
        let html = "<p>Hello <b>Ada</b> &amp; co</p><script>steal()</script><p>2 &lt; 3<br>Bye</p>"
        _ = try await QueueEmail(database: desk.database)(
            .init(body: plain { $0.html = html }, callCode: "1"))
        try await desk.workThrough(try desk.worker())
        let mail = try #require(desk.mailbox.first)
        #expect(mail.html.contains("Hello Ada &amp; co"))
        #expect(mail.html.contains("2 &lt; 3"))
        #expect(!mail.html.contains("steal"))
        #expect(!mail.html.contains("<b>Ada"))
        #expect(mail.text.hasPrefix("Hello Ada,\n\nit waits behind the bar."))
    }
}
