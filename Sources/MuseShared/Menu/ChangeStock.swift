/// What staff do to a counted stock: count it, add a delivery, ask to be told when it is low, stop counting.
///
/// One write with the history's row and the action log. Moves `menu`: what was gone is back at once.
public struct ChangeStock: Sendable {
    public enum Change: Sendable, Equatable {
        /// So many are there now; also the first count of an item.
        case counted(Int64)
        case delivered(Int64)
        /// Nil: don't tell.
        case lowMark(Int64?)
        case stopCounting
    }

    public struct Request: Sendable {
        public let itemID: String
        public let change: Change
        public let staffID: String

        public init(itemID: String, change: Change, staffID: String) {
            self.itemID = itemID
            self.change = change
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case unknownItem
        case outOfRange
        /// A delivery of what nobody counts.
        case notCounted
        case failed(any Error)
    }

    static let counts: ClosedRange<Int64> = 0...1_000_000

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    /// The count afterwards; nil if it is not counted.
    @discardableResult
    public func callAsFunction(_ request: Request) async throws(Refusal) -> Int64? {
        guard Self.isPossible(request.change) else { throw .outOfRange }
        do {
            return try await database.write { try change(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private static func isPossible(_ change: Change) -> Bool {
        switch change {
        case .counted(let count): counts.contains(count)
        case .delivered(let quantity): (1...counts.upperBound).contains(quantity)
        case .lowMark(let mark): mark.map(counts.contains) ?? true
        case .stopCounting: true
        }
    }

    private func change(_ request: Request, in transaction: Transaction) throws -> Int64? {
        guard let before = try SoldOutRepository.mark(of: .item(request.itemID), in: transaction) else {
            throw Refusal.unknownItem
        }
        var difference = Difference()
        switch request.change {
        case .counted(let count):
            try StockRepository.setCount(count, of: request.itemID, staffID: request.staffID, in: transaction)
        case .stopCounting:
            try StockRepository.setCount(nil, of: request.itemID, staffID: request.staffID, in: transaction)
        case .delivered(let quantity):
            guard let count = before.stockCount else { throw Refusal.notCounted }
            guard Self.counts.contains(count + quantity) else { throw Refusal.outOfRange }
            _ = try StockRepository.deliver(
                quantity, of: request.itemID, staffID: request.staffID, in: transaction)
        case .lowMark(let mark):
            let old = try StockRepository.setLowMark(mark, of: request.itemID, in: transaction)
            difference.note("lowMark", from: DifferenceValue(old), to: DifferenceValue(mark))
        }
        let after = try SoldOutRepository.mark(of: .item(request.itemID), in: transaction)?.stockCount
        difference.note("stockCount", from: DifferenceValue(before.stockCount), to: DifferenceValue(after))
        guard !difference.isEmpty else { return after }
        try ActionLogRepository.record(
            ActionLogRepository.Entry(
                id: ids.next(), staffID: request.staffID, action: "menu.stock_changed", subjectID: request.itemID,
                difference: difference),
            in: transaction)
        return after
    }
}

extension ChangeStock.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .unknownItem: .notFound
        case .outOfRange: .invalid("quantity", "Write a whole number up to a million.")
        case .notCounted: .invalid("quantity", "Nobody counts this yet: enter how many there are now.")
        case .failed(let error): Problem.failure(of: error)
        }
    }
}
