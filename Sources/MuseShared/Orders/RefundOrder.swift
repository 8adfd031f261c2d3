import Crypto
import Foundation
import Logging

/// Gives money of a paid order back: some portions of its lines, or an amount.
///
/// Begin writes a pending refund whose portions and amount nobody else can refund; then Stripe is asked, with the
/// refund's id as idempotency key; then Stripe's answer is settled. If the process dies in between, ``IssueRefunds`` or
/// a webhook settles it. Stock goes back when Stripe has accepted, never before. Logged as `order.refunded`; moves
/// `orders`, and `menu` with stock.
public struct RefundOrder: Sendable {
    public struct Portion: Sendable, Equatable {
        public let lineID: String
        public let quantity: Int64

        public init(lineID: String, quantity: Int64) {
            self.lineID = lineID
            self.quantity = quantity
        }
    }

    public enum Scope: Sendable, Equatable {
        case portions([Portion])
        case amount(minor: Int64)
    }

    public struct Request: Sendable {
        public let orderID: String
        public let scope: Scope
        public let reason: String
        /// Whether the portions are counted again; an amount has none.
        public let restocks: Bool

        public init(orderID: String, scope: Scope, reason: String, restocks: Bool) {
            self.orderID = orderID
            self.scope = scope
            self.reason = reason
            self.restocks = restocks
        }

        /// The same request in the same words, for its idempotency key.
        var digest: String {
            let scope =
                switch scope {
                case .amount(let minor): "amount \(minor)"
                case .portions(let portions):
                    portions.map { "\($0.lineID) \($0.quantity)" }.sorted().joined(separator: ",")
                }
            let text = [orderID, scope, reason, restocks ? "restock" : ""].joined(separator: "\n")
            return SHA256.hash(data: Data(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
                .joined()
        }
    }

    /// Who asks, and the key under which the same request counts once.
    public struct Author: Sendable {
        public let staffID: String
        public let idempotencyKey: String

        public init(staffID: String, idempotencyKey: String) {
            self.staffID = staffID
            self.idempotencyKey = idempotencyKey
        }
    }

    public enum Refusal: Error, Sendable {
        case unknownOrder
        /// No money came in, or all of it has gone back or is held by a dispute.
        case nothingLeft
        case nothingChosen
        case badReason
        case unknownLine(String)
        /// Somebody refunded these portions meanwhile: what is left of the line.
        case moreThanLeft(name: String, left: Int64)
        case moreThanRefundable(leftMinor: Int64, currency: String)
        case keyUsedForAnotherBody
        /// Stripe's own words. Nothing went back, and the portions are free again.
        case refusedByStripe(String)
        case failed(any Error)
    }

    /// What a refund comes to, before and after it is made.
    public struct Plan: Sendable {
        public let amountMinor: Int64
        public let currency: String
        public let portions: [Portion]
        /// What the portions are worth of their line's discount and tax, each in its place.
        public let worths: [RefundSplit.Worth]
        /// The tip that goes back with the last portion, before amounts that went back are held against it.
        let dueTipMinor: Int64
        /// What the amount is made of.
        public let parts: RefundParts?
        public let paymentIntent: String

        /// The tip in it.
        public var tipMinor: Int64 { parts?.tipMinor ?? 0 }
    }

    public struct Issued: Sendable {
        public let refundID: String
        public let amountMinor: Int64
        /// `succeeded`, or `pending` while Stripe or the bank takes its time.
        public let state: String
    }

    private let database: Database
    private let issue: IssueRefunds
    private let ids: IDSource

    public init(database: Database, stripe: StripeClient, logger: Logger, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
        issue = IssueRefunds(database: database, stripe: stripe, logger: logger, ids: ids)
    }

    /// The figures, with nothing written.
    public func plan(_ request: Request) throws(Refusal) -> Plan {
        do {
            return try database.read { try Self.plan(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    public func callAsFunction(_ request: Request, by author: Author) async throws(Refusal) -> Issued {
        do {
            let refund = try await begin(request, author)
            try await issue.ask(refund)
            return try issued(refund.id)
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    // MARK: Begin

    private func begin(_ request: Request, _ author: Author) async throws -> RefundRepository.Pending {
        guard (1...200).contains(request.reason.count) else { throw Refusal.badReason }
        let starts = RefundStartRepository(ids: ids)
        return try await database.write { transaction in
            if let earlier = try starts.earlier(request, key: author.idempotencyKey, in: transaction) { return earlier }
            let plan = try Self.plan(request, in: transaction)
            return try starts.begin(plan, request, author, in: transaction)
        }
    }

    /// Inside the write that begins, what was refunded before can't change any more: of two who want the same
    /// portion, the second finds it gone.
    private static func plan(_ request: Request, in transaction: Transaction) throws -> Plan {
        guard let detail = try OrderRepository.detail(request.orderID, in: transaction) else {
            throw Refusal.unknownOrder
        }
        let currency = detail.order.derivation.currency
        // What is said of a line is more to the point than what is said of the whole.
        let split = try split(request.scope, detail, in: transaction)
        guard let left = try RefundRepository.refundable(orderID: detail.order.id, in: transaction) else {
            throw Refusal.nothingLeft
        }
        guard split.amount > 0 else { throw Refusal.nothingLeft }
        guard split.amount <= left.minor else {
            throw Refusal.moreThanRefundable(leftMinor: left.minor, currency: currency)
        }
        return Plan(
            amountMinor: split.amount, currency: currency, portions: split.portions, worths: split.worths,
            dueTipMinor: split.tip, parts: split.parts, paymentIntent: left.paymentIntent)
    }

    private struct Share {
        let amount: Int64
        let parts: RefundParts?
        var tip: Int64 = 0
        var portions: [Portion] = []
        var worths: [RefundSplit.Worth] = []
    }

    private static func split(
        _ scope: Scope, _ detail: OrderDetail, in transaction: Transaction
    ) throws -> Share {
        let before = try RefundPartRepository.before(detail.order, lines: detail.lines, in: transaction)
        switch scope {
        case .amount(let minor):
            guard minor > 0 else { throw Refusal.nothingChosen }
            let parts = try RefundSplit(detail.order.derivation).money(ofAmount: minor, before: before)
            return Share(amount: minor, parts: parts)
        case .portions(let wanted):
            guard !wanted.isEmpty, wanted.count <= 100 else { throw Refusal.nothingChosen }
            let places = Dictionary(detail.lines.enumerated().map { ($1.id, $0) }) { first, _ in first }
            let portions = try wanted.map { portion in
                guard let place = places[portion.lineID] else { throw Refusal.unknownLine(portion.lineID) }
                return RefundSplit.Portion(line: place, quantity: portion.quantity)
            }
            do {
                let split = try RefundSplit(detail.order.derivation)(portions, before: before)
                return Share(
                    amount: split.amountMinor, parts: split.money, tip: split.tipMinor,
                    portions: split.parts.map { Portion(lineID: detail.lines[$0.line].id, quantity: $0.quantity) },
                    worths: split.parts.map(\.worth))
            } catch {
                throw Self.refusal(error, detail)
            }
        }
    }

    private static func refusal(_ refusal: RefundSplit.Refusal, _ detail: OrderDetail) -> Refusal {
        switch refusal {
        case .moreThanLeft(let line, let left): .moreThanLeft(name: detail.lines[line].name, left: left)
        case .unknownLine, .quantityNotPositive: .nothingChosen
        case .moreTipThanLeft, .impossible: .failed(refusal)
        }
    }

    // MARK: After Stripe

    private func issued(_ id: String) throws -> Issued {
        guard let outcome = try database.read({ try RefundStartRepository.outcome(of: id, in: $0) }) else {
            throw Refusal.unknownOrder
        }
        if let failure = outcome.failure { throw Refusal.refusedByStripe(failure) }
        return outcome.issued
    }
}
