import Logging
import MuseTestSupport
import Synchronization

@testable import MuseShared

/// The sending side on one temporary database, with a mailbox in memory that can be told what to answer.
final class EmailDesk: Sendable {
    let cafe: TemporaryDatabase
    let sent = Mutex<[OutgoingEmail]>([])
    private let answer = Mutex<MailFailure?>(nil)

    init() async throws {
        cafe = try await TemporaryDatabase.cafe()
    }

    var database: Database { cafe.database }
    var outbox: EmailOutboxRepository { EmailOutboxRepository(database: database) }
    var mailbox: [OutgoingEmail] { sent.withLock { $0 } }

    /// What the provider answers from now on; nil takes every message.
    var failure: MailFailure? {
        get { answer.withLock { $0 } }
        set { answer.withLock { $0 = newValue } }
    }

    static func templates() throws -> EmailTemplates {
        let files = try SiteFiles(folders: TemplateFolders.source(of: "MuseCustomer"), isLive: false)
        return try EmailTemplates(
            renderer: PageRenderer(files: files) { [String: String]() },
            links: OrderLinks(secrets: ["test secret"], customerURL: "http://localhost:8080"))
    }

    /// A worker as a fresh process has it.
    func worker(feed: ChangeFeed? = nil) throws -> SendEmails {
        let client = MailClient(send: { email async throws(MailFailure) in
            if let failure = self.failure { throw failure }
            return self.sent.withLock { sent in
                sent.append(email)
                return "ses-\(sent.count)"
            }
        })
        return SendEmails(
            database: database, mail: client, templates: try Self.templates(),
            feed: feed ?? ChangeFeed(database: database), logger: Logger(label: "test"))
    }

    /// Queues a plain message and returns its id.
    @discardableResult
    func queue(_ subject: String = "Your umbrella", key: String = IDSource.live.next()) async throws -> String {
        var body = SendEmailBody(to: "ada@example.com")
        body.subject = subject
        body.text = "It waits behind the bar."
        body.idempotencyKey = key
        return try await QueueEmail(database: database)(.init(body: body, callCode: key))
    }

    /// Places and pays an order of one flat white, $5.15, and returns its id.
    func paidOrder() async throws -> String {
        let counter = CheckoutCounter(cafe: cafe)
        let id = try await counter.place()(CheckoutCounter.request()).order.id
        counter.stripe.pay("cs_test_1")
        try await counter.settle(orderID: id)
        return id
    }

    /// State, attempts and last error of a message.
    func row(_ id: String) throws -> (state: String, attempts: Int64, error: String?) {
        let row = try database.first("SELECT state, attempts, last_error FROM emails WHERE id = \(id)")
        guard let row else { return ("missing", 0, nil) }
        return (try row.text("state"), try row.int("attempts"), try row.optionalText("last_error"))
    }

    /// Works until nothing is left, moving the clock to whatever falls due next.
    func workThrough(_ worker: SendEmails, atMost rounds: Int = 400) async throws {
        for _ in 0..<rounds {
            switch try await worker.sendNext() {
            case .now: continue
            case .at(nil): return
            case .at(let time?): cafe.clock.now = max(time, cafe.clock.now)
            }
        }
    }
}
