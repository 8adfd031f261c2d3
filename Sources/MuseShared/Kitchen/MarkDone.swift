/// Says how much of an order is made: a line by its quantity, or all that one station has of it.
///
/// The first thing done begins the order, the last one makes it ready, and what is taken back from a ready order brings
/// it back to the kitchen; each of these moves is in the timeline like one that was tapped. Bumps `orders`.
public struct MarkDone: Sendable {
    public enum Work: Sendable {
        /// - Parameter seen: what the screen showed when it was tapped; nil is whatever it is now.
        case line(id: String, done: Int64, seen: Int64?)
        /// Everything of a station: done, or open again.
        case station(String, isDone: Bool)
    }

    public struct Request: Sendable {
        public let orderID: String
        public let work: Work
        public let staffID: String
        /// The tap's own id: one that comes again counts once.
        public var tap: String?

        public init(orderID: String, work: Work, staffID: String, tap: String? = nil) {
            self.orderID = orderID
            self.work = work
            self.staffID = staffID
            self.tap = tap
        }
    }

    public enum Refusal: Error, Sendable {
        case unknownOrder
        case unknownLine
        /// The kitchen has nothing to do with it: not paid yet, handed over, or cancelled.
        case notOpen(OrderStatus)
        case tooMany(ordered: Int64)
        /// Another screen was faster: how many of the line are done now.
        case doneMeanwhile(Int64, name: String)
        case failed(any Error)
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    /// The order's status afterwards.
    public func callAsFunction(_ request: Request) async throws(Refusal) -> OrderStatus {
        do {
            return try await database.write { try mark(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private struct Change {
        let line: OrderLine
        let done: Int64
    }

    private func mark(_ request: Request, in transaction: Transaction) throws -> OrderStatus {
        guard let order = try OrderRepository.order(request.orderID, in: transaction) else {
            throw Refusal.unknownOrder
        }
        if let tap = request.tap, try KitchenTapRepository.tap(tap, in: transaction) != nil { return order.status }
        guard [.paid, .preparing, .ready].contains(order.status) else { throw Refusal.notOpen(order.status) }
        let work = KitchenWorkRepository(orderID: order.id, transaction: transaction)
        let lines = try work.lines()
        let changes = try changes(request.work, lines)
        for change in changes {
            try work.setDone(change.done, ofLine: change.line.id)
            try note(change, of: order.id, staffID: request.staffID, in: transaction)
        }
        let status = changes.isEmpty ? order.status : try follow(order, request.staffID, work)
        if let tap = request.tap {
            try KitchenTapRepository.keep(
                KitchenTap(
                    id: tap, orderID: order.id, statusBefore: order.status, statusAfter: status,
                    doneBefore: Dictionary(uniqueKeysWithValues: changes.map { ($0.line.id, $0.line.doneQuantity) }),
                    doneAfter: Dictionary(uniqueKeysWithValues: changes.map { ($0.line.id, $0.done) })),
                by: request.staffID, in: transaction)
        }
        guard !changes.isEmpty else { return status }
        try work.touch()
        try CacheVersionRepository.bump(.orders, in: transaction)
        return status
    }

    private func changes(_ work: Work, _ lines: [OrderLine]) throws -> [Change] {
        switch work {
        case .line(let id, let done, let seen):
            guard let line = lines.first(where: { $0.id == id }) else { throw Refusal.unknownLine }
            guard (0...line.quantity).contains(done) else { throw Refusal.tooMany(ordered: line.quantity) }
            if line.doneQuantity == done { return [] }
            if let seen, seen != line.doneQuantity {
                throw Refusal.doneMeanwhile(line.doneQuantity, name: line.name)
            }
            return [Change(line: line, done: done)]
        case .station(let station, let isDone):
            return lines.filter { $0.station == station }.map { Change(line: $0, done: isDone ? $0.quantity : 0) }
                .filter { $0.done != $0.line.doneQuantity }
        }
    }

    private func note(
        _ change: Change, of orderID: String, staffID: String, in transaction: Transaction
    ) throws {
        let detail = [
            "line": change.line.name, "done": String(change.done), "of": String(change.line.quantity),
            "was": String(change.line.doneQuantity),
        ]
        try OrderEventRepository.record(
            OrderEvent.lineDone, of: orderID, by: .staff, staffID: staffID, id: ids.next(), detail: detail,
            in: transaction)
    }

    /// Moves the order to where its lines say it is; no state is skipped, also if one tap passes two of them.
    private func follow(_ order: Order, _ staffID: String, _ work: KitchenWorkRepository) throws -> OrderStatus {
        let lines = try work.lines()
        let isAllDone = lines.allSatisfy { $0.doneQuantity == $0.quantity }
        let isBegun = lines.contains { $0.doneQuantity > 0 }
        let steps: [OrderStatus] =
            switch order.status {
            case .paid where isAllDone: [.preparing, .ready]
            case .paid where isBegun: [.preparing]
            case .preparing where isAllDone: [.ready]
            case .ready where !isAllDone: [.preparing]
            default: []
            }
        let move = MoveOrder(database: database, ids: ids)
        var now = order
        for step in steps {
            try move.step(now, to: step, staffID: staffID, in: work.transaction)
            now = try OrderRepository.order(order.id, in: work.transaction) ?? now
        }
        return now.status
    }
}
