import Logging
import MuseTestSupport
import Testing

@testable import MuseShared

/// Replays random histories against a model that knows nothing of the code.
struct LedgerHistoryTests {
    /// What the ledger of one order must say, kept by plain sums.
    private struct Model {
        var paid: Int64 = 0
        /// By Stripe's id: what counts now.
        var refunds: [String: Int64] = [:]
        var disputed: Int64 = 0

        var ledger: Int64 { paid - refunds.values.reduce(0, +) - disputed }
    }

    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private struct History {
        let counter: CheckoutCounter
        let order: Order
        let lines: [OrderLine]
        let intent: String
        let session: StripeSession
        var model = Model()
        var dispute: String?

        var refundable: Int64 {
            get throws {
                try counter.database.read { try RefundRepository.refundable(orderID: order.id, in: $0)?.minor ?? 0 }
            }
        }

        var ledger: Int64 {
            get throws {
                try counter.database.first(
                    "SELECT COALESCE(SUM(amount_minor), 0) AS n FROM payments WHERE order_id = \(order.id)")?.int("n")
                    ?? 0
            }
        }
    }

    private static let histories = 1000
    /// In the place of a dispute's id: it is decided for good.
    private static let closed = "closed"
    private static let logger: Logger = {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }()

    /// And the refunds of those that went back entirely are made of just what the order was made of.
    @Test func `after 1,000 random histories each order's ledger is what the model says`() async throws {
        let seed = UInt64.random(in: 0...(.max))
        let wrong = try await replay(seed: seed, countsTwice: false)
        #expect(wrong == 0, "seed \(seed)")
    }

    @Test func `the model notices a refund that is counted twice`() async throws {
        #expect(try await replay(seed: 7, countsTwice: true, histories: 40) > 0)
    }

    /// A café of its own for each fifty: the promise of each new order is read off all that wait.
    private static let perCafe = 50

    /// How many of the histories ended with another sum than the model's, or with an impossible rest.
    private func replay(seed: UInt64, countsTwice: Bool, histories: Int = histories) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { cafes in
            for first in stride(from: 0, to: histories, by: Self.perCafe) {
                let numbers = first..<min(histories, first + Self.perCafe)
                cafes.addTask {
                    try await replay(
                        numbers, generator: SplitMix(state: seed &+ UInt64(first)), countsTwice: countsTwice)
                }
            }
            return try await cafes.reduce(0, +)
        }
    }

    private func replay(_ numbers: Range<Int>, generator: SplitMix, countsTwice: Bool) async throws -> Int {
        var generator = generator
        let counter = try await CheckoutCounter.open()
        try await counter.database.write { try $0.execute("UPDATE menu_items SET stock_count = NULL") }
        var wrong = 0
        for number in 0..<numbers.count {
            var history = try await begin(counter, number: number, &generator)
            for _ in 0..<Int.random(in: 1...5, using: &generator) { try await step(&history, &generator) }
            try await deliver(history, &generator)
            if countsTwice { try await countTwice(history) }
            let left = try history.refundable
            let isPossible = left >= 0 && left <= history.model.paid
            if try history.ledger != history.model.ledger || !isPossible { wrong += 1 }
            if left > 0 { try await refund(&history, .amount(minor: left)) }
            if try RefundedParts.areTheOrders(history.order.id, counter.database) == false { wrong += 1 }
        }
        return wrong
    }

    private func begin(
        _ counter: CheckoutCounter, number: Int, _ generator: inout SplitMix
    ) async throws -> History {
        let order = try await counter.place()(
            CheckoutCounter.request(
                [
                    CheckoutCounter.flatWhite(.random(in: 1...3, using: &generator)),
                    CheckoutCounter.line(CafeFixture.croissant, .random(in: 1...4, using: &generator)),
                ], tip: .random(in: 0...300, using: &generator))
        ).order
        let id = "cs_test_\(number + 1)"
        if Bool.random(using: &generator) && Bool.random(using: &generator) {
            // Paid late: the hold had ended.
            try await counter.database.write { try SettlementRepository(ids: .live).expireOrder(order.id, in: $0) }
        }
        counter.stripe.pay(id)
        let session = try await counter.stripe.client.retrieveSession(id)
        for _ in 0..<Int.random(in: 1...3, using: &generator) { _ = try await counter.settle.apply(session) }
        let lines = try counter.orders.detail(order.id)?.lines ?? []
        var history = History(counter: counter, order: order, lines: lines, intent: "pi_\(id)", session: session)
        history.model.paid = order.totals.totalMinor
        return history
    }

    private func step(_ history: inout History, _ generator: inout SplitMix) async throws {
        let stripe = history.counter.stripe
        switch Int.random(in: 0..<7, using: &generator) {
        case 0, 1:
            let line = history.lines[Int.random(in: 0..<history.lines.count, using: &generator)]
            let quantity = Int64.random(in: 1...line.quantity, using: &generator)
            try await refund(&history, .portions([.init(lineID: line.id, quantity: quantity)]))
        case 2:
            try await refund(&history, .amount(minor: .random(in: 1...900, using: &generator)))
        case 3:
            stripe.refundFate = .refused("No.")
            try await refund(&history, .amount(minor: 1))
            stripe.refundFate = .succeeds
        case 4:
            let left = history.model.ledger
            guard left > 0 else { return }
            let minor = Int64.random(in: 1...left, using: &generator)
            let id = stripe.refundAtStripe(history.intent, minor: minor)
            history.model.refunds[id] = minor
            if Bool.random(using: &generator) { try await deliver(history, &generator) }
        case 5:
            // The bank sends a refund back.
            guard let id = history.model.refunds.keys.sorted().first else { return }
            try await deliver(history, &generator)
            stripe.setRefund(id, "failed")
            history.model.refunds[id] = nil
        default:
            try await dispute(&history, &generator)
        }
    }

    private func refund(_ history: inout History, _ scope: RefundOrder.Scope) async throws {
        let stripe = history.counter.stripe
        let known = Set(stripe.refunds.map(\.id))
        let refund = RefundOrder(
            database: history.counter.database, stripe: stripe.client, logger: Self.logger)
        _ = try? await refund(
            .init(orderID: history.order.id, scope: scope, reason: "Test", restocks: true),
            by: .init(staffID: CafeFixture.barista, idempotencyKey: IDSource.live.next()))
        for made in stripe.refunds where !known.contains(made.id) && made.hasSucceeded {
            history.model.refunds[made.id] = made.amount
        }
    }

    private func dispute(_ history: inout History, _ generator: inout SplitMix) async throws {
        let stripe = history.counter.stripe
        if let id = history.dispute {
            guard id != Self.closed else { return }
            let isWon = Bool.random(using: &generator)
            stripe.dispute(history.intent, minor: history.model.disputed, status: isWon ? "won" : "lost", id: id)
            if isWon { history.model.disputed = 0 }
            history.dispute = Self.closed
            return
        }
        let left = history.model.ledger
        guard left > 0, history.dispute == nil else { return }
        let id = "du_\(history.order.id)"
        stripe.dispute(history.intent, minor: left, id: id)
        history.model.disputed = left
        history.dispute = id
    }

    /// All the news of the order, in any order, some of it twice.
    private func deliver(_ history: History, _ generator: inout SplitMix) async throws {
        let client = history.counter.stripe.client
        var news: [StripeFact] = [.session(history.session)]
        news += try await client.listRefunds(.init(paymentIntent: history.intent)).data.map(StripeFact.refund)
        let id = "du_\(history.order.id)"
        if let dispute = try? await client.retrieveDispute(id) { news.append(.dispute(dispute)) }
        let again = news.filter { _ in Bool.random(using: &generator) }
        for fact in (news + again).shuffled(using: &generator) {
            try await history.counter.database.write { transaction in
                switch fact {
                case .session(let session):
                    _ = try SettlementRepository(ids: .live).apply(session, in: transaction)
                case .refund(let refund):
                    _ = try RefundSettlementRepository(ids: .live).apply(refund, in: transaction)
                case .dispute(let dispute): _ = try DisputeRepository(ids: .live).apply(dispute, in: transaction)
                }
            }
        }
    }

    private func countTwice(_ history: History) async throws {
        let id = history.order.id
        try await history.counter.database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO payments (id, order_id, kind, amount_minor, currency, stripe_id, at_ms)
                SELECT id || 'x', order_id, kind, amount_minor, currency, stripe_id || 'x', at_ms
                FROM payments WHERE order_id = \(id) AND kind = 'refund' LIMIT 1
                """)
        }
    }
}
