import MuseTestSupport
import Testing

@testable import MuseShared

struct SendEmailsTests {
    @Test func `a queued message is sent once and remembered as sent`() async throws {
        let desk = try await EmailDesk()
        let id = try await desk.queue()
        try await desk.workThrough(try desk.worker())
        #expect(desk.mailbox.map(\.subject) == ["Your umbrella"])
        #expect(desk.mailbox.first?.to == "ada@example.com")
        #expect(try desk.row(id).state == "sent")
        let row = try desk.database.first("SELECT provider_id FROM emails WHERE id = \(id)")
        #expect(try row?.text("provider_id") == "ses-1")
    }

    @Test func `20 messages while the provider is down all arrive once afterwards`() async throws {
        let desk = try await EmailDesk()
        desk.failure = .retry("HTTP 503")
        for number in 1...20 { try await desk.queue("Message \(number)") }
        let worker = try desk.worker()
        let end = desk.cafe.clock.now.adding(seconds: 600)
        while desk.cafe.clock.now < end {
            if case .at(let time?) = try await worker.sendNext() {
                desk.cafe.clock.now = max(time, desk.cafe.clock.now)
            }
        }
        #expect(desk.mailbox.isEmpty)
        desk.failure = nil
        let back = desk.cafe.clock.now
        try await desk.workThrough(worker)
        #expect(Set(desk.mailbox.map(\.subject)) == Set((1...20).map { "Message \($0)" }))
        #expect(desk.mailbox.count == 20)
        // The lane probes with one message at a time, so none of them has to wait long for its turn.
        #expect(desk.cafe.clock.now.milliseconds - back.milliseconds < 300_000)
    }

    @Test func `a message that is refused ends as failed and does not hold up the next`() async throws {
        let desk = try await EmailDesk()
        let refused = try await desk.queue("Refused")
        desk.failure = .refused("MessageRejected")
        let worker = try desk.worker()
        #expect(try await worker.sendNext() == .now)
        desk.failure = nil
        try await desk.queue("Next")
        try await desk.workThrough(worker)
        #expect(try desk.row(refused) == ("failed", 1, "MessageRejected"))
        #expect(desk.mailbox.map(\.subject) == ["Next"])
    }

    @Test func `throttling is answered with ever longer waits and gives up after eight attempts over hours`()
        async throws
    {
        let desk = try await EmailDesk()
        desk.failure = .retry("TooManyRequests")
        let id = try await desk.queue()
        let start = desk.cafe.clock.now
        try await desk.workThrough(try desk.worker())
        #expect(try desk.row(id) == ("failed", 8, "TooManyRequests"))
        #expect(desk.cafe.clock.now.milliseconds - start.milliseconds > 2 * 3_600_000)
    }

    @Test func `a paused account stops the lane and costs no message an attempt`() async throws {
        let desk = try await EmailDesk()
        desk.failure = .laneStopped("SendingPaused")
        let ids = [try await desk.queue("One"), try await desk.queue("Two")]
        let worker = try desk.worker()
        #expect(try await worker.sendNext() == .now)
        let until = desk.cafe.clock.now.adding(milliseconds: SendEmails.stoppedMilliseconds)
        #expect(try await worker.sendNext() == .at(until))
        for id in ids { #expect(try desk.row(id).attempts == 0) }
        desk.failure = nil
        try await desk.workThrough(worker)
        #expect(desk.mailbox.count == 2)
    }

    @Test func `a message whose process died is sent again once its lease is over`() async throws {
        let desk = try await EmailDesk()
        let id = try await desk.queue()
        // The process dies between the mark and the provider's answer.
        #expect(try await desk.outbox.takeNext()?.id == id)
        let worker = try desk.worker()
        let lease = desk.cafe.clock.now.adding(seconds: EmailOutboxRepository.leaseSeconds)
        #expect(try await worker.sendNext() == .at(lease))
        #expect(desk.mailbox.isEmpty)
        desk.cafe.clock.now = lease
        try await desk.workThrough(worker)
        #expect(desk.mailbox.count == 1)
        #expect(try desk.row(id).state == "sent")
    }

    @Test func `a process that comes back from the dead does not undo what another did`() async throws {
        let desk = try await EmailDesk()
        let id = try await desk.queue()
        let late = try #require(try await desk.outbox.takeNext())
        desk.cafe.clock.advance(seconds: EmailOutboxRepository.leaseSeconds)
        try await desk.workThrough(try desk.worker())
        try await desk.outbox.postponed(late, milliseconds: 0, reason: "late", counts: true)
        try await desk.outbox.failed(late, reason: "late")
        #expect(try desk.row(id).state == "sent")
    }

    @Test func `two workers send a message once`() async throws {
        let desk = try await EmailDesk()
        for number in 1...30 { try await desk.queue("Message \(number)") }
        let workers = [try desk.worker(), try desk.worker()]
        await withTaskGroup(of: Void.self) { group in
            for worker in workers {
                group.addTask { while (try? await worker.sendNext()) == .now {} }
            }
        }
        #expect(desk.mailbox.count == 30)
        #expect(Set(desk.mailbox.map(\.id)).count == 30)
    }

    @Test func `an order's letters carry its number, lines, total and link`() async throws {
        let desk = try await EmailDesk()
        let order = try await desk.paidOrder()
        try await desk.workThrough(try desk.worker())
        let letter = try #require(desk.mailbox.first { $0.template == "order-confirmed" })
        #expect(letter.subject == "Order 1 is confirmed")
        for part in [letter.text, letter.html] {
            #expect(part.contains("Flat white"))
            #expect(part.contains("Oat milk"))
            #expect(part.contains("$5.15"))
            #expect(part.contains(order))
        }
        #expect(letter.text.contains(CheckoutCounter(cafe: desk.cafe).links.url(for: order)))
        #expect(letter.text.contains("Muse & Co"))
        #expect(!letter.text.contains("&amp;"))
        #expect(!letter.text.contains("{{"))
    }

    @Test func `the worker wakes by itself when a message is queued`() async throws {
        let desk = try await EmailDesk()
        let feed = ChangeFeed(database: desk.database, period: .milliseconds(5))
        let worker = try desk.worker(feed: feed)
        let running = Task { try await worker.run() }
        let feeding = Task { try await feed.run() }
        defer {
            running.cancel()
            feeding.cancel()
        }
        try await desk.queue()
        let deadline = ContinuousClock.now + .seconds(10)
        while desk.mailbox.isEmpty, ContinuousClock.now < deadline { await Task.yield() }
        #expect(desk.mailbox.count == 1)
        running.cancel()
        try await running.value
    }
}
