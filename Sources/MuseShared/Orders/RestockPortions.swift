/// Puts portions of a paid order back into a counted stock without money: the guest had the money back as an amount, or
/// never wants it.
///
/// Each portion goes back once, whether by this or by a refund. Logged as `order.restocked`; moves `orders`, and `menu`
/// when something is available again.
public struct RestockPortions: Sendable {
    public struct Request: Sendable {
        public let orderID: String
        public let portions: [RefundOrder.Portion]
        public let staffID: String

        public init(orderID: String, portions: [RefundOrder.Portion], staffID: String) {
            self.orderID = orderID
            self.portions = portions
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        /// There is none, or it is not paid: what it holds goes back by itself.
        case unknownOrder
        case nothingChosen
        case unknownLine
        /// The rest was never counted, or is back on the shelf already.
        case moreThanLeft(name: String, left: Int64)
        case failed(any Error)
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    /// - Returns: how many portions are back.
    @discardableResult
    public func callAsFunction(_ request: Request) async throws(Refusal) -> Int64 {
        do {
            return try await database.write { try restock(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private func restock(_ request: Request, in transaction: Transaction) throws -> Int64 {
        guard let detail = try OrderRepository.detail(request.orderID, in: transaction), detail.order.paidAt != nil
        else {
            throw Refusal.unknownOrder
        }
        var wanted: [String: Int64] = [:]
        for portion in request.portions where portion.quantity > 0 {
            wanted[portion.lineID] = try (wanted[portion.lineID] ?? 0).plus(portion.quantity)
        }
        guard !wanted.isEmpty else { throw Refusal.nothingChosen }
        var words: [String] = []
        for (id, quantity) in wanted.sorted(by: { $0.key < $1.key }) {
            guard let line = detail.lines.first(where: { $0.id == id }) else { throw Refusal.unknownLine }
            guard quantity <= line.reservedStock else {
                throw Refusal.moreThanLeft(name: line.name, left: line.reservedStock)
            }
            try StockRepository.restock(quantity, ofLine: id, staffID: request.staffID, in: transaction)
            words.append("\(quantity) \(line.name)")
        }
        try record(words, request, in: transaction)
        return wanted.values.reduce(0, +)
    }

    private func record(_ words: [String], _ request: Request, in transaction: Transaction) throws {
        var difference = Difference()
        difference.note("portions", from: .texts([]), to: .texts(words))
        try ActionLogRepository.record(
            .init(
                id: ids.next(), staffID: request.staffID, action: "order.restocked", subjectID: request.orderID,
                difference: difference),
            in: transaction)
        try OrderEventRepository.record(
            "restocked", of: request.orderID, by: .staff, staffID: request.staffID, id: ids.next(),
            detail: ["portions": words.joined(separator: ", ")], in: transaction)
        try CacheVersionRepository.bump(.orders, in: transaction)
    }
}
