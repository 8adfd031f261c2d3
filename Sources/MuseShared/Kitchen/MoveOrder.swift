/// Moves an order along, back, or out: `paid → preparing → ready → completed`, undo, recall, and cancel with a full refund.
///
/// Bumps `orders`; the first “ready” queues the guest's message; a cancelled order gives stock back, is logged as
/// `order.cancelled`, and queues its refund, whose letter tells the guest, or a letter of its own if nothing is owed.
/// Each move is in the order's timeline with who made it, and can be taken back by ``UndoTap``.
public struct MoveOrder: Sendable {
    public struct Request: Sendable {
        public let orderID: String
        public let to: OrderStatus
        public let staffID: String
        /// What the screen showed when it was tapped; nil is whatever it is now.
        public var seen: OrderStatus?
        /// The tap's own id: one that comes again counts once. Nil for a move that no screen will repeat.
        public var tap: String?

        public init(
            orderID: String, to: OrderStatus, staffID: String, seen: OrderStatus? = nil, tap: String? = nil
        ) {
            self.orderID = orderID
            self.to = to
            self.staffID = staffID
            self.seen = seen
            self.tap = tap
        }
    }

    public enum Refusal: Error, Sendable {
        case unknownOrder
        /// Somebody was faster, or the move makes no sense: what it is now.
        case notFrom(OrderStatus, to: OrderStatus)
        case failed(any Error)
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    /// Moving to where the order is already changes nothing and is no error: a second tap is not a mistake.
    public func callAsFunction(_ request: Request) async throws(Refusal) -> OrderStatus {
        do {
            return try await database.write { try move(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    /// Which moves a person may make from a status, in the order of the buttons.
    public static func moves(from status: OrderStatus) -> [OrderStatus] {
        switch status {
        case .paid: [.preparing, .cancelled]
        case .preparing: [.ready, .paid, .cancelled]
        case .ready: [.completed, .preparing, .cancelled]
        case .completed: [.ready]
        case .awaitingPayment, .expired, .cancelled: []
        }
    }

    private func move(_ request: Request, in transaction: Transaction) throws -> OrderStatus {
        guard let order = try OrderRepository.order(request.orderID, in: transaction) else {
            throw Refusal.unknownOrder
        }
        if let tap = request.tap, try KitchenTapRepository.tap(tap, in: transaction) != nil { return order.status }
        guard order.status != request.to else {
            try keep(request, order.status, [:], in: transaction)
            return order.status
        }
        let isAsSeen = request.seen.map { $0 == order.status } ?? true
        guard isAsSeen, Self.moves(from: order.status).contains(request.to) else {
            throw Refusal.notFrom(order.status, to: request.to)
        }
        let reopened = try reopen(order, goingTo: request.to, in: transaction)
        try step(order, to: request.to, staffID: request.staffID, in: transaction)
        try keep(request, order.status, reopened, in: transaction)
        try CacheVersionRepository.bump(.orders, in: transaction)
        return request.to
    }

    /// One move with all that follows from it, written down.
    func step(_ order: Order, to status: OrderStatus, staffID: String, in transaction: Transaction) throws {
        try OrderRepository.setStatus(status, of: order.id, in: transaction)
        try OrderEventRepository.record(
            status.rawValue, of: order.id, by: .staff, staffID: staffID, id: ids.next(),
            detail: ["from": order.status.rawValue], in: transaction)
        try follow(order, to: status, staffID: staffID, in: transaction)
    }

    /// What is not begun has nothing done, and what comes back all done comes back to be made: otherwise it would be
    /// on no station's screen.
    private func reopen(
        _ order: Order, goingTo status: OrderStatus, in transaction: Transaction
    ) throws -> [String: Int64] {
        let work = KitchenWorkRepository(orderID: order.id, transaction: transaction)
        switch (order.status, status) {
        case (.preparing, .paid): return try work.reopen()
        case (.ready, .preparing):
            let isAllDone = try work.lines().allSatisfy { $0.doneQuantity == $0.quantity }
            return isAllDone ? try work.reopen() : [:]
        default: return [:]
        }
    }

    private func keep(
        _ request: Request, _ before: OrderStatus, _ reopened: [String: Int64], in transaction: Transaction
    ) throws {
        // A cancelled order's money is on its way back: that is no tap to undo.
        guard let tap = request.tap, request.to != .cancelled else { return }
        try KitchenTapRepository.keep(
            KitchenTap(
                id: tap, orderID: request.orderID, statusBefore: before, statusAfter: request.to,
                doneBefore: reopened, doneAfter: reopened.mapValues { _ in 0 }),
            by: request.staffID, in: transaction)
    }

    private func follow(
        _ order: Order, to status: OrderStatus, staffID: String, in transaction: Transaction
    ) throws {
        switch status {
        case .ready:
            let email = OrderReadyEmail(order, venue: try VenueRepository.venue(in: transaction))
            try EmailRepository.queue(email.queued(for: order, id: ids.next()), in: transaction)
        case .cancelled:
            try CancelledOrderRepository(ids: ids).settle(order, staffID: staffID, in: transaction)
        default:
            return
        }
    }
}
