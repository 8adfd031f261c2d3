import Logging
import MuseTestSupport
import Synchronization
import Testing

@testable import MuseShared

struct DeliverEmailCallsTests {
    /// The staff side with a customer service that takes messages by the real use-case, or is away.
    private final class StaffSide: Sendable {
        let desk: EmailDesk
        private let failing = Mutex<CustomerServiceClient.Failure?>(nil)

        init() async throws {
            desk = try await EmailDesk()
        }

        var failure: CustomerServiceClient.Failure? {
            get { failing.withLock { $0 } }
            set { failing.withLock { $0 = newValue } }
        }

        var worker: DeliverEmailCalls {
            let client = CustomerServiceClient(sendEmail: { body async throws(CustomerServiceClient.Failure) in
                if let failure = self.failure { throw failure }
                do throws(QueueEmail.Refusal) {
                    return try await QueueEmail(database: self.desk.database)(.init(body: body, callCode: "code"))
                } catch {
                    throw .refused("\(error)")
                }
            })
            return DeliverEmailCalls(
                database: desk.database, customer: client, feed: ChangeFeed(database: desk.database),
                logger: Logger(label: "test"))
        }

        func write(_ subject: String, orderID: String? = nil) async throws -> String {
            var request = SendNotification.Request(subject: subject, text: "Hello", staffID: CafeFixture.barista)
            request.to = orderID == nil ? "ada@example.com" : nil
            request.orderID = orderID
            return try await SendNotification(database: desk.database)(request)
        }

        func work(_ worker: DeliverEmailCalls) async throws {
            for _ in 0..<400 {
                switch try await worker.deliverNext() {
                case .now: continue
                case .at(nil): return
                case .at(let time?): desk.cafe.clock.now = max(time, desk.cafe.clock.now)
                }
            }
        }

        func state(_ id: String) throws -> (String, String?) {
            let row = try #require(
                try desk.database.first("SELECT state, last_error FROM email_calls WHERE id = \(id)"))
            return (try row.text("state"), try row.optionalText("last_error"))
        }

        func count(_ sql: SQL) throws -> Int64? { try desk.database.first(sql)?.int("n") }
    }

    @Test func `a message of staff goes through the customer service and is in the order's timeline`() async throws {
        let staff = try await StaffSide()
        let order = try await staff.desk.paidOrder()
        staff.desk.cafe.clock.advance(seconds: 60)
        let id = try await staff.write("Your umbrella", orderID: order)
        let waiting = try EmailLifeRepository(database: staff.desk.database).emails(ofOrder: order)
        #expect(waiting.last?.state == .waiting)
        #expect(waiting.last?.maskedAddress == "a•••@example.com")
        try await staff.work(staff.worker)
        #expect(try staff.state(id) == ("delivered", nil))
        let life = try EmailLifeRepository(database: staff.desk.database).emails(ofOrder: order)
        #expect(life.map(\.template).sorted() == ["order-confirmed", "plain-message"])
        #expect(life.contains { $0.subject == "Your umbrella" && $0.state == .queued })
        let events = try #require(try OrderRepository(database: staff.desk.database).detail(order)).events
        #expect(events.last?.kind == "messaged")
        #expect(events.last?.staffName == "Bea")
        #expect(try staff.count("SELECT COUNT(*) AS n FROM action_log WHERE action = 'guest.messaged'") == 1)
    }

    @Test func `20 messages while the customer service is down arrive once when it is back`() async throws {
        let staff = try await StaffSide()
        staff.failure = .unavailable("HTTP 503", retryAfter: nil)
        for number in 1...20 { _ = try await staff.write("Message \(number)") }
        let worker = staff.worker
        let end = staff.desk.cafe.clock.now.adding(seconds: 3_600)
        while staff.desk.cafe.clock.now < end {
            if case .at(let time?) = try await worker.deliverNext() {
                staff.desk.cafe.clock.now = max(time, staff.desk.cafe.clock.now)
            }
        }
        staff.failure = nil
        let back = staff.desk.cafe.clock.now
        // A new process knows nothing of the waits of the old one.
        try await staff.work(staff.worker)
        #expect(try staff.count("SELECT COUNT(*) AS n FROM emails") == 20)
        #expect(try staff.count("SELECT COUNT(*) AS n FROM email_calls WHERE state = 'delivered'") == 20)
        #expect(staff.desk.cafe.clock.now.milliseconds - back.milliseconds <= 60_000)
    }

    @Test func `a call that was taken but not noted is delivered as the same message`() async throws {
        let staff = try await StaffSide()
        let id = try await staff.write("Once")
        try await staff.work(staff.worker)
        // The staff service died before it noted the answer.
        try await staff.desk.database.write { transaction in
            try transaction.execute("UPDATE email_calls SET state = 'queued' WHERE id = \(id)")
        }
        try await staff.work(staff.worker)
        #expect(try staff.state(id).0 == "delivered")
        #expect(try staff.count("SELECT COUNT(*) AS n FROM emails") == 1)
    }

    @Test func `a refusal ends a call and says why, and the next goes on`() async throws {
        let staff = try await StaffSide()
        let id = try await staff.write("Refused")
        staff.failure = .refused("HTTP 422: no")
        #expect(try await staff.worker.deliverNext() == .now)
        #expect(try staff.state(id) == ("failed", "HTTP 422: no"))
        staff.failure = nil
        let next = try await staff.write("Next")
        try await staff.work(staff.worker)
        #expect(try staff.state(next).0 == "delivered")
    }

    @Test func `a wait that the customer service asks for is kept`() async throws {
        let staff = try await StaffSide()
        _ = try await staff.write("Wait")
        staff.failure = .unavailable("HTTP 429", retryAfter: 40)
        let worker = staff.worker
        #expect(try await worker.deliverNext() == .now)
        #expect(try await worker.deliverNext() == .at(staff.desk.cafe.clock.now.adding(seconds: 40)))
    }

    @Test func `a message to nobody, to an unknown order or event writes nothing`() async throws {
        let staff = try await StaffSide()
        var request = SendNotification.Request(subject: "Hi", text: "Hello", staffID: CafeFixture.barista)
        let fields: [(String?, String?, String?, String)] = [
            (nil, nil, nil, "to"), ("nobody", nil, nil, "to"), (nil, "unknown", nil, "orderId"),
            (nil, nil, "summer", "eventId"),
        ]
        for (to, order, event, field) in fields {
            request.to = to
            request.orderID = order
            request.eventID = event
            do throws(SendNotification.Refusal) {
                _ = try await SendNotification(database: staff.desk.database)(request)
                Issue.record("taken")
            } catch {
                #expect(error.problem.errors.map(\.field) == [field])
            }
        }
        #expect(try staff.count("SELECT COUNT(*) AS n FROM email_calls") == 0)
        #expect(try staff.count("SELECT COUNT(*) AS n FROM action_log") == 0)
    }
}
