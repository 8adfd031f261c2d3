/// Notes that money which a failed refund left with us has been returned in another way: in cash, by transfer, as credit.
///
/// No money moves. Logged as `order.refundHandled` with the note; moves `orders`.
public struct NoteRefundHandled: Sendable {
    public struct Request: Sendable {
        public let orderID: String
        /// How it was returned, for the books.
        public let note: String
        public let staffID: String

        public init(orderID: String, note: String, staffID: String) {
            self.orderID = orderID
            self.note = note
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case badNote
        /// No refund of the order failed, or somebody was faster.
        case nothingOpen
        case failed(any Error)
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    /// - Returns: what the failed refunds came to.
    @discardableResult
    public func callAsFunction(_ request: Request) async throws(Refusal) -> Int64 {
        guard (1...200).contains(request.note.count) else { throw .badNote }
        do {
            return try await database.write { try note(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private func note(_ request: Request, in transaction: Transaction) throws -> Int64 {
        let amount = try FailedRefundRepository.handle(orderID: request.orderID, in: transaction)
        guard amount > 0 else { throw Refusal.nothingOpen }
        var difference = Difference()
        difference.note("openMinor", from: .number(amount), to: .number(0))
        difference.note("note", from: .none, to: .text(request.note))
        try ActionLogRepository.record(
            .init(
                id: ids.next(), staffID: request.staffID, action: "order.refundHandled", subjectID: request.orderID,
                difference: difference),
            in: transaction)
        try OrderEventRepository.record(
            "refundHandled", of: request.orderID, by: .staff, staffID: request.staffID, id: ids.next(),
            detail: ["note": request.note], in: transaction)
        try CacheVersionRepository.bump(.orders, in: transaction)
        return amount
    }
}
