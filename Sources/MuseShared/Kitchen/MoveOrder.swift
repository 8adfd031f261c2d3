/// Moves an order along, back, or out: `paid → preparing → ready → completed`, undo, and cancel with a full refund.
///
/// Bumps `orders`; the first “ready” queues the guest's message; a cancelled order gives stock back and queues its
/// refund. Each move is in the order's timeline with who made it.
public struct MoveOrder: Sendable {
    public struct Request: Sendable {
        public let orderID: String
        public let to: OrderStatus
        public let staffID: String

        public init(orderID: String, to: OrderStatus, staffID: String) {
            self.orderID = orderID
            self.to = to
            self.staffID = staffID
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
        if order.status == request.to { return order.status }
        guard Self.moves(from: order.status).contains(request.to) else {
            throw Refusal.notFrom(order.status, to: request.to)
        }
        try OrderRepository.setStatus(request.to, of: order.id, in: transaction)
        try OrderEventRepository.record(
            request.to.rawValue, of: order.id, by: .staff, staffID: request.staffID, id: ids.next(), in: transaction)
        try follow(order, to: request.to, in: transaction)
        try CacheVersionRepository.bump(.orders, in: transaction)
        return request.to
    }

    private func follow(_ order: Order, to status: OrderStatus, in transaction: Transaction) throws {
        switch status {
        case .ready:
            let email = OrderReadyEmail(order, venue: try VenueRepository.venue(in: transaction))
            try EmailRepository.queue(email.queued(for: order, id: ids.next()), in: transaction)
        case .cancelled:
            try StockRepository.release(orderID: order.id, in: transaction)
            guard let owed = try RefundRepository.refundable(orderID: order.id, in: transaction) else { return }
            try RefundRepository(ids: ids).queue(
                RefundRepository.Draft(
                    orderID: order.id, amountMinor: owed.minor, reason: "cancelled",
                    paymentIntent: owed.paymentIntent),
                in: transaction)
        default:
            return
        }
    }
}
