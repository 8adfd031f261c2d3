/// Takes one tap on a board back: the order and its lines are what they were before it, if nobody has gone on since.
///
/// A message that the tap sent to the guest stays sent. Bumps `orders`; the timeline tells who took it back.
public struct UndoTap: Sendable {
    public struct Request: Sendable {
        public let tap: String
        public let staffID: String

        public init(tap: String, staffID: String) {
            self.tap = tap
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        /// Never arrived, or too long ago.
        case unknownTap
        /// Somebody has worked on the order since: what it is now.
        case movedOn(OrderStatus)
        case failed(any Error)
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    /// The order, as it is again. Taking a tap back twice is no error.
    public func callAsFunction(_ request: Request) async throws(Refusal) -> Order {
        do {
            return try await database.write { try undo(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private func undo(_ request: Request, in transaction: Transaction) throws -> Order {
        guard let tap = try KitchenTapRepository.tap(request.tap, in: transaction),
            let order = try OrderRepository.order(tap.orderID, in: transaction)
        else { throw Refusal.unknownTap }
        if tap.isUndone { return order }
        let work = KitchenWorkRepository(orderID: order.id, transaction: transaction)
        let done = Dictionary(uniqueKeysWithValues: try work.lines().map { ($0.id, $0.doneQuantity) })
        guard order.status == tap.statusAfter, tap.doneAfter.allSatisfy({ done[$0.key] == $0.value }) else {
            throw Refusal.movedOn(order.status)
        }
        for (line, quantity) in tap.doneBefore { try work.setDone(quantity, ofLine: line) }
        try OrderRepository.setStatus(tap.statusBefore, of: order.id, in: transaction)
        try OrderEventRepository.record(
            tap.statusBefore.rawValue, of: order.id, by: .staff, staffID: request.staffID, id: ids.next(),
            detail: ["from": order.status.rawValue, "undo": tap.id], in: transaction)
        try KitchenTapRepository.markUndone(tap.id, in: transaction)
        try CacheVersionRepository.bump(.orders, in: transaction)
        return try OrderRepository.order(order.id, in: transaction) ?? order
    }
}
